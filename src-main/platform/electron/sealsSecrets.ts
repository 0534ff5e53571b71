/**
 * Whether what the operating system offers keeps a secret from others.
 *
 * @param offered.backend what Electron seals with on Linux: without a password store it is `basic_text`, a fixed key that keeps nothing
 * from anyone.
 */
export function sealsSecrets(offered: { platform: NodeJS.Platform; isAvailable: boolean; backend: () => string }): boolean {
	return offered.isAvailable && (offered.platform !== 'linux' || !['basic_text', 'unknown'].includes(offered.backend()));
}

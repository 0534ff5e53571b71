import { safeStorage } from 'electron';
import type { Keychain } from '../secrets/Secrets.ts';
import { sealsSecrets } from './sealsSecrets.ts';

/**
 * The operating system's keeping of secrets: Keychain on macOS, DPAPI on Windows, libsecret or KWallet on Linux. There from when the
 * app is ready.
 *
 * It uses the calls that answer at once: secrets are read where a request is made, and Electron's asynchronous ones open what these sealed.
 */
export const keychain: Keychain = {
	isAvailable: () =>
		sealsSecrets({ platform: process.platform, isAvailable: safeStorage.isEncryptionAvailable(), backend: () => safeStorage.getSelectedStorageBackend() }),
	seal: (text) => safeStorage.encryptString(text),
	open: (sealed) => safeStorage.decryptString(sealed),
};

/** What a page may do beyond showing itself: every feature of the browser that can be denied is, but for copying to the clipboard. */
const denied = [
	'accelerometer',
	'autoplay',
	'browsing-topics',
	'camera',
	'display-capture',
	'encrypted-media',
	'fullscreen',
	'gamepad',
	'geolocation',
	'gyroscope',
	'hid',
	'identity-credentials-get',
	'idle-detection',
	'local-fonts',
	'magnetometer',
	'microphone',
	'midi',
	'otp-credentials',
	'payment',
	'picture-in-picture',
	'publickey-credentials-create',
	'publickey-credentials-get',
	'screen-wake-lock',
	'serial',
	'storage-access',
	'usb',
	'window-management',
	'xr-spatial-tracking',
];

/**
 * The content security policy of a page of ours, for either host (reliability.md R3).
 *
 * `connect` is `'self'` in a browser, whose page opens a socket to where it came from, and `'none'` in the desktop window, which
 * speaks over a MessagePort. `nonce` lets the page's own style sheets in; scripts come from files of ours alone.
 */
export function contentSecurityPolicy(options: { connect: "'self'" | "'none'"; nonce: string }): string {
	return [
		"default-src 'none'",
		"script-src 'self'",
		`style-src 'self' 'nonce-${options.nonce}'`,
		"img-src 'self' data: blob:",
		// A film of the reader's own is played by an address that this page alone knows.
		'media-src blob:',
		"font-src 'self'",
		`connect-src ${options.connect}`,
		"frame-src 'none'",
		"object-src 'none'",
		"base-uri 'none'",
		"form-action 'none'",
		"frame-ancestors 'none'",
		"require-trusted-types-for 'script'",
		"trusted-types 'none'",
	].join('; ');
}

/** The headers of every answer, of either host, whatever it holds; the policy of its page aside. */
export const securityHeaders: Readonly<Record<string, string>> = {
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'origin-agent-cluster': '?1',
	'permissions-policy': ['clipboard-write=(self)', ...denied.map((feature) => `${feature}=()`)].join(', '),
	'referrer-policy': 'no-referrer',
	'x-content-type-options': 'nosniff',
	'x-frame-options': 'DENY',
};

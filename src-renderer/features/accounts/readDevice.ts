const browsers: readonly (readonly [name: string, sign: RegExp])[] = [
	// Those that call themselves others too come first.
	['Edge', /\bEdgA?\//],
	['Opera', /\bOPR\//],
	['Samsung Internet', /\bSamsungBrowser\//],
	['Firefox', /\b(?:Firefox|FxiOS)\//],
	['Chrome', /\b(?:Chrome|CriOS|Chromium|HeadlessChrome)\//],
	['Safari', /\bSafari\//],
];

const systems: readonly (readonly [name: string, sign: RegExp])[] = [
	['iPhone', /\biPhone\b/],
	['iPad', /\biPad\b/],
	['Android', /\bAndroid\b/],
	['ChromeOS', /\bCrOS\b/],
	['Windows', /\bWindows\b/],
	['macOS', /\bMac OS X\b/],
	['Linux', /\bLinux\b/],
];

/** What a session's device is, from what it said it was: the desktop's window, or a browser and the system it runs on, null where not known. */
export function readDevice(device: string): 'window' | { browser: string | null; system: string | null } {
	if (device === 'window') return 'window';
	const found = (known: typeof browsers) => known.find(([, sign]) => sign.test(device))?.[0] ?? null;
	return { browser: found(browsers), system: found(systems) };
}

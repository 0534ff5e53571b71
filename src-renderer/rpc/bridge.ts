/** What the desktop window's preload gives to the page; a browser's page has none. */
export interface Bridge {
	host: 'desktop';
	/** The path of a file that was dropped on the window. */
	pathForFile(file: File): string;
}

declare global {
	interface Window {
		homeroom?: Bridge;
	}
}

/** The preload's bridge, or null in a browser. */
export function bridge(): Bridge | null {
	return globalThis.window?.homeroom?.host === 'desktop' ? globalThis.window.homeroom : null;
}

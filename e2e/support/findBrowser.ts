import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'microsoft-edge-stable'];
const elsewhere: Partial<Record<NodeJS.Platform, string[]>> = {
	darwin: [
		'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
		'/Applications/Chromium.app/Contents/MacOS/Chromium',
		'/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
	],
	win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((variable) => {
		const folder = process.env[variable];
		return folder ? [path.join(folder, 'Google/Chrome/Application/chrome.exe'), path.join(folder, 'Microsoft/Edge/Application/msedge.exe')] : [];
	}),
};

/** A Chromium-like browser on this machine, or the one Playwright fetched, with the arguments it needs here; null where there is none. */
export function findBrowser(): { path: string; args: string[] } | null {
	const onPath = (process.env.PATH ?? '').split(path.delimiter).flatMap((folder) => names.map((name) => path.join(folder, name)));
	const found = [...onPath, ...(elsewhere[process.platform] ?? []), chromium.executablePath()].find(isExecutable);
	if (found === undefined) return null;
	// Chromium's own sandbox refuses to start for root, which is who runs tests in many containers.
	const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
	return {
		path: found,
		args: [...asRoot, '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
	};
}

function isExecutable(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { type WindowState, windowState } from './placeWindow.ts';

/** Reads where the window was; null when nothing readable is there. */
export function readWindowState(file: string): WindowState | null {
	try {
		return windowState.parse(JSON.parse(readFileSync(file, 'utf8')));
	} catch {
		return null;
	}
}

/** Writes where the window is, whole or not at all; at once, because the window is closing. */
export function writeWindowState(file: string, state: WindowState): void {
	const half = `${file}.new`;
	const handle = openSync(half, 'w', 0o600);
	writeSync(handle, JSON.stringify(state));
	fsyncSync(handle);
	closeSync(handle);
	renameSync(half, file);
}

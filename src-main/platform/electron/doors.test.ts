import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const sources = ['src-main', 'src-preload', 'src-renderer']
	.flatMap((folder) => readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => path.join(folder, file)))
	.filter((file) => /\.tsx?$/.test(file) && !/\.test[.-]/.test(file));
const filesWith = (pattern: RegExp) =>
	sources.filter((file) => pattern.test(readFileSync(path.join(root, file), 'utf8'))).map((file) => file.split(path.sep).join('/'));

test('I1 the page is listened to in one file', () => {
	expect(filesWith(/ipcMain\b/)).toEqual(['src-main/platform/electron/answerPorts.ts']);
	expect(filesWith(/ipcRenderer\b|contextBridge\b/)).toEqual(['src-preload/preload.ts']);
});

test('R4 the system is handed something to open in one file, and a folder of ours in one', () => {
	expect(filesWith(/openExternal\(/)).toEqual(['src-main/platform/electron/openExternalSafe.ts']);
	expect(filesWith(/\.openPath\(|showItemInFolder|openItem/)).toEqual(['src-main/desktop.ts']);
});

test('R6 windows are made in one file, and no page comes from the disk', () => {
	expect(filesWith(/new (BrowserWindow|WebContentsView|BrowserView)\(/)).toEqual(['src-main/platform/electron/openWindow.ts']);
	expect(filesWith(/\.loadFile\(|file:\/\/\//)).toEqual([]);
});

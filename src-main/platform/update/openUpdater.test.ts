import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ConnectionRecord } from '../network/HopRecord.ts';
import { Network } from '../network/Network.ts';
import { installedAs } from './installedAs.ts';
import { openUpdater, type Updater } from './openUpdater.ts';

let folder: string;
let server: http.Server;
let asked: string[];
let network: Network;
let records: ConnectionRecord[];
let offline: boolean;
/** What the server has; a test changes it. */
let latest: { version: string; sum: string };
const program = Buffer.from(`#!/bin/sh\n${'a new Homeroom '.repeat(10_000)}`);
const sumOf = (bytes: Buffer) => createHash('sha512').update(bytes).digest('base64');

beforeEach(async () => {
	folder = mkdtempSync(path.join(os.tmpdir(), 'homeroom-update-'));
	asked = [];
	records = [];
	offline = false;
	latest = { version: '0.2.0', sum: sumOf(program) };
	server = http.createServer((request, response) => {
		asked.push(request.url?.replace(/\?.*/, '') ?? '');
		if (request.url?.startsWith('/homeroom/latest')) {
			const { version, sum } = latest;
			const file = `Homeroom-${version}.AppImage`;
			response.end(
				`version: ${version}\nfiles:\n  - url: ${file}\n    sha512: ${sum}\n    size: ${program.length}\npath: ${file}\nsha512: ${sum}\nreleaseDate: '2026-11-22T00:00:00.000Z'\n`,
			);
		} else if (request.url?.endsWith('.AppImage')) response.end(program);
		else response.writeHead(404).end();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	network = new Network({
		log: pino({ enabled: false }),
		policy: () => ({ offline, proxy: 'none' }),
		onConnection: (record) => record.outcome !== 'underWay' && records.push(record),
	});
	vi.stubEnv('APPIMAGE', path.join(folder, 'Homeroom.AppImage'));
	writeFileSync(path.join(folder, 'Homeroom.AppImage'), 'the old one');
});
afterEach(async () => {
	vi.unstubAllEnvs();
	await network.close();
	server.closeAllConnections();
	await new Promise((done) => server.close(done));
	rmSync(folder, { recursive: true, force: true });
});

const host = () => `127.0.0.1:${(server.address() as AddressInfo).port}`;

function open(config: string | null = `provider: generic\nurl: http://${host()}/homeroom/\nupdaterCacheDirName: homeroom-updater\n`): Updater | null {
	const file = path.join(folder, 'app-update.yml');
	if (config !== null) writeFileSync(file, config);
	const around = {
		version: '0.1.0',
		name: 'Homeroom',
		isPackaged: true,
		appUpdateConfigPath: file,
		userDataPath: folder,
		baseCachePath: path.join(folder, 'cache'),
	};
	return openUpdater('AppImage', { ...around, whenReady: async () => {}, relaunch: () => {}, quit: () => {}, onQuit: () => {} }, network);
}

test('a newer version is found, fetched whole, held to its checksum, and every request is on record', async () => {
	const updater = open();
	expect(asked).toEqual([]);
	expect([updater?.host, await updater?.look()]).toEqual([host(), { version: '0.2.0', sizeBytes: program.length }]);
	const told: number[] = [];
	const file = await updater?.fetch((fraction) => told.push(fraction), new AbortController().signal);
	expect(readFileSync(file ?? '')).toEqual(program);
	expect(told.at(-1)).toBe(1);
	expect(asked).toEqual([expect.stringMatching(/^\/homeroom\/latest(-linux(-arm64)?)?\.yml$/), '/homeroom/Homeroom-0.2.0.AppImage']);
	expect(records.map(({ purpose, host: of, outcome, status }) => [purpose, of, outcome, status])).toEqual(Array(2).fill(['update', host(), 'answered', 200]));
	expect(readFileSync(path.join(folder, 'Homeroom.AppImage'), 'utf8')).toBe('the old one');
});

test.each(['0.1.0', '0.0.9'])('version %s on the server is nothing new', async (version) => {
	latest.version = version;
	expect(await open()?.look()).toBe(null);
});

test('offline nothing is sent', async () => {
	offline = true;
	await expect(open()?.look()).rejects.toMatchObject({ code: 'OFFLINE' });
	expect([asked, records.map(({ outcome }) => outcome)]).toEqual([[], ['refused']]);
});

test('a package with another checksum is refused and does not stay', async () => {
	latest.sum = sumOf(Buffer.from('something else'));
	const updater = open();
	await updater?.look();
	await expect(updater?.fetch(() => {}, new AbortController().signal)).rejects.toMatchObject({
		code: 'CHECKSUM_MISMATCH',
		data: { fileName: 'Homeroom-0.2.0.AppImage' },
	});
	const cached = existsSync(path.join(folder, 'cache')) ? readdirSync(path.join(folder, 'cache'), { recursive: true, encoding: 'utf8' }) : [];
	expect(cached.filter((name) => name.endsWith('.AppImage'))).toEqual([]);
});

test('a server that has no list, or a page that stands before it, is a failure that says so', async () => {
	server.removeAllListeners('request');
	server.on('request', (_request, response) => response.writeHead(503).end('<html>'));
	await expect(open()?.look()).rejects.toMatchObject({ code: 'SERVER_FAILED', data: { host: host(), status: 503 } });
	server.removeAllListeners('request');
	server.on('request', (_request, response) => response.end('<html>Sign in</html>'));
	await expect(open()?.look()).rejects.toMatchObject({ code: 'SERVER_CONFUSED', data: { host: host() } });
});

test('a download that is stopped ends, and stays ended', async () => {
	const updater = open();
	await updater?.look();
	const stop = new AbortController();
	stop.abort(new Error('stopped'));
	await expect(updater?.fetch(() => {}, stop.signal)).rejects.toThrow('stopped');
	expect(asked).toHaveLength(1);
});

test.each([null, '', 'provider: github\nowner: a\nrepo: b\n', 'provider: generic\nurl: file:///etc\n', '{'])(
	'a build that names no server of its own looks for none: %j',
	(config) => {
		expect(open(config)).toBe(null);
	},
);

test('only what Homeroom installed itself replaces itself', () => {
	expect([
		installedAs('darwin', {}),
		installedAs('win32', {}),
		installedAs('win32', { PORTABLE_EXECUTABLE_DIR: 'E:\\' }),
		installedAs('linux', { APPIMAGE: '/home/ada/Homeroom.AppImage' }),
		installedAs('linux', {}),
	]).toEqual(['mac', 'nsis', null, 'AppImage', null]);
});

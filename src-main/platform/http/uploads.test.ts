import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenHost, openHost } from './openHost.test-support.ts';
import { receiveUpload, removeUnfinishedUploads } from './uploads.ts';

let host: OpenHost;
let folder: string;
beforeAll(async () => {
	host = await openHost();
	folder = await mkdtemp(path.join(os.tmpdir(), 'homeroom-uploads-'));
});
afterAll(async () => {
	await host.end();
	await rm(folder, { recursive: true, force: true });
});

const id = '3f1c2b6e-58b0-4c1d-9f8e-0a4a9a3b7c11';
const put = (address: string, headers: Record<string, string>, body: string | Uint8Array<ArrayBuffer> = 'GGUF') =>
	fetch(`${host.origin}${address}`, { method: 'PUT', headers: { 'content-type': 'application/octet-stream', ...headers }, body });

test('a file sent by a signed-in page is stored whole, under the name of its id', async () => {
	const { cookie } = await host.signIn();
	const bytes = Buffer.alloc(3_000_000, 'model');
	const answer = await put(`/upload/${id}`, { cookie, origin: host.origin }, bytes);
	expect([answer.status, await answer.json()]).toEqual([200, { sizeBytes: 3_000_000 }]);
	expect(await readdir(host.paths.uploads)).toEqual([id]);
	expect((await readFile(path.join(host.paths.uploads, id))).equals(bytes)).toBe(true);
});

test('S3 S4 nobody else can send one, and the name is an id or nothing', async () => {
	const { cookie } = await host.signIn();
	const origin = host.origin;
	const statuses = {
		'not signed in': (await put(`/upload/${id}`, { origin })).status,
		'without an origin': (await put(`/upload/${id}`, { cookie })).status,
		'from another origin': (await put(`/upload/${id}`, { cookie, origin: 'http://evil.example' })).status,
		'a name': (await put('/upload/model.gguf', { cookie, origin })).status,
		'a path': (await put('/upload/..%2f..%2fmodel', { cookie, origin })).status,
		'upper case': (await put(`/upload/${id.toUpperCase()}`, { cookie, origin })).status,
		'a NUL': (await put(`/upload/${id}%00`, { cookie, origin })).status,
	};
	expect(statuses).toEqual({
		'not signed in': 401,
		'without an origin': 403,
		'from another origin': 403,
		'a name': 400,
		'a path': 400,
		'upper case': 400,
		'a NUL': 400,
	});
});

test('a sender that goes away leaves nothing behind', async () => {
	const { cookie } = await host.signIn();
	const other = id.replace('3', '4');
	const socket = net.connect(host.address.port, '127.0.0.1');
	socket.write(
		`PUT /upload/${other} HTTP/1.1\r\nhost: 127.0.0.1:${host.address.port}\r\norigin: ${host.origin}\r\ncookie: ${cookie}\r\ncontent-type: application/octet-stream\r\ncontent-length: 1000000\r\n\r\nhalf`,
	);
	await expect.poll(() => readdir(host.paths.uploads)).toContain(`${other}.part`);
	socket.destroy();
	await expect.poll(() => readdir(host.paths.uploads)).not.toContain(`${other}.part`);
});

test('a file that would leave less than 1 GiB free is refused before the first byte', async () => {
	const disk = await statfs(folder);
	const free = disk.bavail * disk.bsize;
	const refused = receiveUpload(Readable.from(['x']), { folder, id, announcedBytes: free });
	await expect(refused).rejects.toMatchObject({ code: 'DISK_FULL' });
	expect(await readdir(folder)).toEqual([]);
});

test('two files under one id do not mix: the second is refused and the first goes on', async () => {
	const first = new Readable({ read() {} });
	first.push('first ');
	const stored = receiveUpload(first, { folder, id, announcedBytes: null });
	await expect.poll(() => readdir(folder)).toEqual([`${id}.part`]);
	await expect(receiveUpload(createReadStream(new URL(import.meta.url)), { folder, id, announcedBytes: null })).rejects.toMatchObject({
		code: 'INVALID_INPUT',
	});
	first.push('whole');
	first.push(null);
	expect(await stored).toEqual({ sizeBytes: 11 });
	expect(await readFile(path.join(folder, id), 'utf8')).toBe('first whole');
});

test('what an earlier run left unfinished is deleted, what it finished stays', async () => {
	const own = path.join(folder, 'own');
	await mkdir(own);
	await writeFile(path.join(own, `${id}.part`), 'half');
	await writeFile(path.join(own, id), 'whole');
	await removeUnfinishedUploads(own);
	expect(await readdir(own)).toEqual([id]);
});

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import type { Fault } from '../../../../e2e/support/hub/serveFile.ts';
import type { ConnectionRecord } from '../../../platform/network/HopRecord.ts';
import { openStage, quickTempo, type Stage } from './serveTransfers.test-support.ts';
import { repairFile, type TransferOptions, type TransferResult, transfer } from './transfer.ts';

const blockBytes = 262_144;
const fileBytes = 3 * blockBytes + 1000;
/** Enough for four connections. */
const bigBytes = 40 * 1_048_576 + 77;

const stages: Stage[] = [];
afterEach(() => {
	for (const stage of stages.splice(0)) stage.close();
});

async function open(...given: Parameters<typeof openStage>): Promise<Stage> {
	const stage = await openStage(...given);
	stages.push(stage);
	return stage;
}

function cdn(fault: Fault, times = Number.POSITIVE_INFINITY): Parameters<typeof openStage>[1] {
	return ({ path, index }) => (path === '/cdn' && index < times ? fault : null);
}

function blockSumsOf(bytes: Buffer): number[] {
	return Array.from({ length: Math.ceil(bytes.length / blockBytes) }, (_, block) => crc32(bytes.subarray(block * blockBytes, (block + 1) * blockBytes)));
}

function expectWhole(stage: Stage, result: TransferResult): void {
	const { bytes, task } = stage;
	expect(result.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
	expect(Array.from(new Uint32Array(new Uint8Array(result.blockSums).buffer))).toEqual(blockSumsOf(bytes));
	expect(readFileSync(task.partFile).equals(bytes)).toBe(true);
}

async function failureOf(promise: Promise<unknown>): Promise<{ code: string; data: unknown }> {
	return promise.then(
		() => expect.unreachable('it did not fail'),
		({ code, data }) => ({ code, data }),
	);
}

test('fetches a file over several connections, in the order of the file, and answers with its sums', async () => {
	const stage = await open(bigBytes);
	expectWhole(stage, await transfer(stage.task, stage.options()));
	expect(stage.ranges.slice(0, 4).toSorted()).toEqual([0, 1, 2, 3].map((i) => `bytes=${i * 4_194_304}-${(i + 1) * 4_194_304 - 1}`).toSorted());
	expect(statSync(stage.task.partFile).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600);
});

test('fetches a file of no bytes and one of a single byte', async () => {
	for (const size of [0, 1, blockBytes]) {
		const stage = await open(size);
		expectWhole(stage, await transfer(stage.task, stage.options()));
	}
});

test('D2 checks a file outside LFS by the id that git gives it', async () => {
	const stage = await open(fileBytes);
	const id = createHash('sha1').update(`blob ${fileBytes}\0`).update(stage.bytes).digest('hex');
	expectWhole(stage, await transfer({ ...stage.task, checksum: `git-sha1:${id}` }, stage.options()));
	const other = await open(fileBytes);
	const failed = await failureOf(transfer({ ...other.task, checksum: `git-sha1:${'0'.repeat(40)}` }, other.options()));
	expect(failed.code).toBe('DOWNLOAD_CORRUPT');
});

test('D5 gives the token to the server that it is for, and not to where that one sends on to another host', async () => {
	const far = await open(fileBytes);
	const stage = await open(fileBytes, ({ path }) => (path === '/file' ? { kind: 'redirect', to: far.task.url.replace('/file', '/cdn') } : null));
	await transfer({ ...stage.task, checksum: far.task.checksum, token: 'hf_secret' }, stage.options());
	expect([stage.tokens, far.tokens]).toEqual([[{ path: '/file', token: 'Bearer hf_secret' }], [{ path: '/cdn', token: undefined }]]);
});

const endsWell: Record<string, Parameters<typeof openStage>[1]> = {
	'ignores ranges': cdn({ kind: 'ignoresRange' }),
	'ignores ranges and cuts the connection once': ({ path, index }) =>
		path !== '/cdn' ? null : index === 0 ? { kind: 'dropAt', byte: 300_000 } : { kind: 'ignoresRange' },
	'changes the ETag midway, of the same bytes': ({ path, index }) => (path === '/cdn' && index > 0 ? { kind: 'changesEtag', etag: '"two"' } : null),
	'has a weak ETag': cdn({ kind: 'changesEtag', etag: 'W/"two"' }),
	'gives another ETag in each answer': ({ path, index }) => (path === '/cdn' ? { kind: 'changesEtag', etag: `"${index}"` } : null),
	'cuts short what it named the length of': cdn({ kind: 'truncates', byte: 100_000, namesLength: true }, 3),
	'ends early with no length named': cdn({ kind: 'truncates', byte: 100_000, namesLength: false }, 3),
	'sends a wrong byte at first': cdn({ kind: 'wrongBytes', at: 5000 }, 1),
	'shows a sign-in page at first': cdn({ kind: 'htmlPage' }, 2),
	'names another range at first': cdn({ kind: 'wrongContentRange', part: 'from' }, 2),
	'refuses ranges with 416': cdn({ kind: 'status416' }, 1),
	'packs its answer at first': cdn({ kind: 'gzip' }, 2),
	'goes on after the end': cdn({ kind: 'overlong', extraBytes: 4000 }),
	'is in trouble at first': cdn({ kind: 'status', status: 503 }, 3),
	'wants to be left alone for a while': cdn({ kind: 'tooMany', retryAfterSeconds: 1 }, 1),
	'sends on to an address that has expired': cdn({ kind: 'status', status: 403 }, 2),
	'refuses connections at first': cdn({ kind: 'refuses' }, 2),
};

test.each(Object.entries(endsWell))('D2 ends in the right file with a server that %s', async (_, faultFor) => {
	const stage = await open(fileBytes, faultFor);
	expectWhole(stage, await transfer(stage.task, stage.options()));
});

test('D2 ends in the right file over several connections with a server that ignores ranges', async () => {
	const stage = await open(bigBytes, cdn({ kind: 'ignoresRange' }));
	expectWhole(stage, await transfer(stage.task, stage.options()));
});

/** What a server does for ever, and how the transfer ends with it. */
const endsInWords: [string, Fault, string][] = [
	['shows a sign-in page', { kind: 'htmlPage' }, 'SERVER_CONFUSED'],
	['packs its answers', { kind: 'gzip' }, 'SERVER_CONFUSED'],
	['names another range', { kind: 'wrongContentRange', part: 'from' }, 'SERVER_CONFUSED'],
	['names no range', { kind: 'wrongContentRange', part: 'missing' }, 'SERVER_CONFUSED'],
	['has a file of another size', { kind: 'wrongContentRange', part: 'size' }, 'DOWNLOAD_CHANGED'],
	['fails', { kind: 'status', status: 500 }, 'SERVER_FAILED'],
	['asks for a wait without end', { kind: 'tooMany', retryAfterSeconds: 86_400 }, 'RATE_LIMITED'],
	['sends on to itself', { kind: 'redirect', to: 'itself' }, 'REDIRECT_REFUSED'],
	['sends on to plain http elsewhere', { kind: 'redirect', to: 'http://203.0.113.1/file' }, 'REDIRECT_REFUSED'],
	['refuses connections', { kind: 'refuses' }, 'NETWORK_FAILED'],
	['has no file there any more', { kind: 'status', status: 404 }, 'SERVER_FAILED'],
];

test.each(endsInWords)('D2 keeps the part, and says so in a named failure, when a server from some time on %s', async (_, fault, code) => {
	const stage = await open(fileBytes, ({ path, index }) => (path !== '/cdn' ? null : index === 0 ? { kind: 'dropAt', byte: blockBytes + 500 } : fault));
	const failed = await failureOf(transfer(stage.task, stage.options({ tempo: { ...quickTempo, tries: 2, awayTries: 2 } })));
	expect(failed.code).toBe(code);
	stage.setFault(() => null);
	const before = stage.ranges.length;
	expectWhole(stage, await transfer(stage.task, stage.options()));
	expect(stage.ranges.slice(before)).toEqual([`bytes=${blockBytes}-${fileBytes - 1}`]);
});

test('D2 gives up a server that is silent, and one that sends a byte now and then, and keeps the part', async () => {
	const tempo = { ...quickTempo, stallMs: 300, tries: 2, awayTries: 2 };
	for (const fault of [
		{ kind: 'stall', afterBytes: 10 },
		{ kind: 'slow', pieceBytes: 1, everyMs: 20 },
	] satisfies Fault[]) {
		const stage = await open(fileBytes, cdn(fault));
		const failed = await failureOf(transfer(stage.task, stage.options({ tempo })));
		expect(failed).toEqual({ code: 'DOWNLOAD_STALLED', data: { host: new URL(stage.task.url).host, afterMs: 300 } });
		expect(existsSync(stage.task.partFile)).toBe(true);
	}
});

test('D2 connects anew at the very byte where a server fell silent', async () => {
	const stage = await open(fileBytes, cdn({ kind: 'stall', afterBytes: 100_000 }, 1));
	expectWhole(stage, await transfer(stage.task, stage.options({ tempo: { ...quickTempo, stallMs: 300 } })));
	expect(stage.ranges).toEqual([`bytes=0-${fileBytes - 1}`, `bytes=100000-${fileBytes - 1}`]);
});

test('D2 throws away what is not the file after all of it was fetched twice', async () => {
	const stage = await open(fileBytes, cdn({ kind: 'wrongBytes', at: blockBytes + 5 }));
	const failed = await failureOf(transfer(stage.task, stage.options()));
	expect(failed).toEqual({ code: 'DOWNLOAD_CORRUPT', data: { fileName: 'model.gguf', host: new URL(stage.task.url).host } });
	expect(stage.ranges).toHaveLength(2);
	expect([existsSync(stage.task.partFile), existsSync(`${stage.task.partFile}.journal`)]).toEqual([false, false]);
});

test('D2 says that a file was changed where its ETag and its bytes became others midway', async () => {
	const stage = await open(fileBytes);
	const other = Buffer.from(stage.bytes.map((byte) => byte ^ 1));
	stage.setFault(({ path, index }) =>
		path !== '/cdn' ? null : index === 0 ? { kind: 'dropAt', byte: 300_000 } : { kind: 'changesEtag', etag: '"two"', bytes: other },
	);
	const failed = await failureOf(transfer(stage.task, stage.options()));
	expect(failed).toEqual({ code: 'DOWNLOAD_CHANGED', data: { fileName: 'model.gguf' } });
});

test('says at once that a file is not there, or not for this person', async () => {
	const missing = await open(fileBytes, ({ path }) => (path === '/file' ? { kind: 'status', status: 404 } : null));
	expect((await failureOf(transfer(missing.task, missing.options()))).code).toBe('REMOTE_NOT_FOUND');
	expect(missing.tokens).toHaveLength(1);
});

test('sends nothing when the app is to stay offline', async () => {
	const stage = await open(fileBytes);
	const failed = await failureOf(transfer(stage.task, stage.options({ policy: () => ({ offline: true, proxy: 'none' }) })));
	expect([failed.code, stage.tokens]).toEqual(['OFFLINE', []]);
});

test('D1 goes on at the very byte after a connection was cut, and fetches nothing twice', async () => {
	const stage = await open(bigBytes, ({ path, index }) => (path === '/cdn' && index % 3 === 0 ? { kind: 'dropAt', byte: 700_001 } : null));
	expectWhole(stage, await transfer(stage.task, stage.options()));
	const asked = stage.ranges.map(
		(range) =>
			/bytes=(\d+)-(\d+)/
				.exec(range ?? '')
				?.slice(1)
				.map(Number) ?? [],
	);
	const starts = asked.map(([start = 0]) => start);
	expect(new Set(starts).size).toBe(starts.length);
});

test('fetches anew the blocks of an earlier run that are not what the journal says, and those it tore', async () => {
	const stage = await open(fileBytes, cdn({ kind: 'dropAt', byte: 2 * blockBytes + 9 }));
	await failureOf(transfer(stage.task, stage.options({ tempo: { ...quickTempo, tries: 0, awayTries: 0 } })));
	const part = readFileSync(stage.task.partFile);
	part[blockBytes + 3] = (part[blockBytes + 3] ?? 0) ^ 1;
	writeFileSync(stage.task.partFile, part);
	writeFileSync(`${stage.task.partFile}.journal`, Buffer.from([3, 0, 0]), { flag: 'a' });
	stage.setFault(() => null);
	const before = stage.ranges.length;
	expectWhole(stage, await transfer(stage.task, stage.options()));
	expect(stage.ranges.slice(before).toSorted()).toEqual([`bytes=${blockBytes}-${2 * blockBytes - 1}`, `bytes=${2 * blockBytes}-${fileBytes - 1}`]);
});

test('begins anew beside a journal that is of another file, or is none', async () => {
	for (const journal of ['', 'x', '{"version":1}\n', '{"version":2}\nxxxxxxxx']) {
		const stage = await open(fileBytes);
		writeFileSync(stage.task.partFile, 'something else that is longer'.repeat(40_000));
		writeFileSync(`${stage.task.partFile}.journal`, journal);
		expectWhole(stage, await transfer(stage.task, stage.options()));
	}
});

test('ends soon when it is aborted, keeps the part, and leaves it to the next', async () => {
	const stage = await open(fileBytes, cdn({ kind: 'stall', afterBytes: 2 * blockBytes }));
	const stop = new AbortController();
	const onProgress: TransferOptions['onProgress'] = ({ bytesDone }) => void (bytesDone === 2 * blockBytes && stop.abort(new Error('paused')));
	const told: ConnectionRecord[] = [];
	await expect(transfer(stage.task, stage.options({ signal: stop.signal, onProgress, onConnection: (record) => told.push(record) }))).rejects.toThrow('paused');
	// Each that began has an end, although its thread is gone.
	const of = (isBegin: boolean) => told.filter(({ outcome }) => (outcome === 'underWay') === isBegin).map(({ at, host }) => `${at} ${host}`);
	expect([of(false).toSorted(), told.at(-1)?.outcome]).toEqual([of(true).toSorted(), 'cut']);
	stage.setFault(() => null);
	expectWhole(stage, await transfer(stage.task, stage.options()));
	expect(stage.ranges.at(-1)).toBe(`bytes=${2 * blockBytes}-${fileBytes - 1}`);
});

test('D4 lets one transfer at a time write to a part file', async () => {
	const stage = await open(fileBytes);
	const first = transfer(stage.task, stage.options());
	expect((await failureOf(transfer(stage.task, stage.options()))).code).toBe('JOB_STATE');
	expectWhole(stage, await first);
});

test('D4 says that the disk is gone or does not let it write, and keeps what is there', async () => {
	const stage = await open(fileBytes);
	const nowhere = { ...stage.task, partFile: `${stage.task.partFile}/there/is/no/folder` };
	expect(await failureOf(transfer(nowhere, stage.options()))).toEqual({ code: 'DISK_FAILED', data: { reason: 'gone' } });
});

test('keeps to the limit of all transfers together, as it is at the time', async () => {
	const stage = await open(fileBytes);
	let bytesPerSecond: number | null = 16_384;
	const phases: string[] = [];
	const result = await transfer(
		stage.task,
		stage.options({
			limits: () => ({ bytesPerSecond }),
			onProgress: ({ phase, bytesDone }) => {
				phases.push(phase);
				// It has begun, and would take most of a minute.
				if (phase === 'downloading' && phases.length > 6) bytesPerSecond = null;
				if (bytesPerSecond !== null) expect(bytesDone).toBeLessThan(fileBytes);
			},
		}),
	);
	expectWhole(stage, result);
});

test('repairs the named blocks of a file alone, and sums it up', async () => {
	const stage = await open(fileBytes);
	const { partFile, ...task } = stage.task;
	const broken = Buffer.from(stage.bytes);
	broken.fill(0, blockBytes + 1, blockBytes + 9);
	broken.fill(0, 3 * blockBytes);
	writeFileSync(partFile, broken);
	expectWhole(stage, await repairFile({ ...task, file: partFile, blocks: [1, 3] }, stage.options()));
	expect(stage.ranges.toSorted()).toEqual([`bytes=${blockBytes}-${2 * blockBytes - 1}`, `bytes=${3 * blockBytes}-${fileBytes - 1}`]);
});

test('leaves a file where it is that a repair could not make right', async () => {
	const stage = await open(fileBytes);
	const { partFile, ...task } = stage.task;
	writeFileSync(partFile, Buffer.alloc(fileBytes));
	expect((await failureOf(repairFile({ ...task, file: partFile, blocks: [0] }, stage.options()))).code).toBe('DOWNLOAD_CORRUPT');
	expect(existsSync(partFile)).toBe(true);
});

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isFailure } from '#contract/errors.ts';
import type { Fault } from '../e2e/support/hub/serveFile.ts';
import { seededRandom } from '../src-main/features/library/seededRandom.ts';
import { openStage, quickTempo, type Stage } from '../src-main/features/market/transfer/serveTransfers.test-support.ts';
import { transfer } from '../src-main/features/market/transfer/transfer.ts';
import type { Report } from './run.ts';

const seeds = 20;
const fileBytes = 1_048_576 + 4321;
const tempo = { ...quickTempo, stallMs: 500, tries: 3, awayTries: 3 };

/** A misbehaviour somewhere in the file. `n(most)` is a random whole number below `most`. */
const misbehaviours: Record<string, (n: (most: number) => number) => Fault> = {
	'drops at byte N': (n) => ({ kind: 'dropAt', byte: n(fileBytes) }),
	'refuses connections': () => ({ kind: 'refuses' }),
	'ignores ranges': () => ({ kind: 'ignoresRange' }),
	'changes the ETag': (n) => ({ kind: 'changesEtag', etag: `"${n(1000)}"` }),
	'changes the ETag and the bytes': (n) => ({ kind: 'changesEtag', etag: '"two"', bytes: Buffer.alloc(fileBytes, n(256)) }),
	'truncates, length named': (n) => ({ kind: 'truncates', byte: n(fileBytes), namesLength: true }),
	'truncates, no length named': (n) => ({ kind: 'truncates', byte: n(fileBytes), namesLength: false }),
	'sends a wrong byte': (n) => ({ kind: 'wrongBytes', at: n(fileBytes) }),
	'shows a sign-in page': () => ({ kind: 'htmlPage' }),
	'names another range': (n) => ({ kind: 'wrongContentRange', part: n(2) === 0 ? 'from' : 'size' }),
	'answers 416': () => ({ kind: 'status416' }),
	'packs its answers': () => ({ kind: 'gzip' }),
	'falls silent': (n) => ({ kind: 'stall', afterBytes: n(fileBytes) }),
	'sends a byte now and then': (n) => ({ kind: 'slow', pieceBytes: 1, everyMs: 5 + n(50) }),
	'goes on after the end': (n) => ({ kind: 'overlong', extraBytes: 1 + n(100_000) }),
	'answers 429 with Retry-After': (n) => ({ kind: 'tooMany', retryAfterSeconds: n(2) * 86_400 }),
	'answers 5xx': (n) => ({ kind: 'status', status: n(2) === 0 ? 500 : 503 }),
	'answers 401 or 403': (n) => ({ kind: 'status', status: n(2) === 0 ? 401 : 403 }),
	'redirects without end': () => ({ kind: 'redirect', to: 'itself' }),
	'redirects to plain http elsewhere': () => ({ kind: 'redirect', to: 'http://203.0.113.1/file' }),
};

/**
 * Every misbehaviour × 20 seeds, from a random request on, for a random number of requests or for good: each ends in the right bytes or in
 * a named failure, after which, the server being well again, the same part becomes the right file.
 */
export async function run(report: Report): Promise<void> {
	for (const [name, make] of Object.entries(misbehaviours)) {
		const ends: Record<string, number> = {};
		let wrong = 0;
		for (let seed = 1; seed <= seeds; seed++) {
			const end = await tryOnce(make, seed);
			ends[end] = (ends[end] ?? 0) + 1;
			if (end.startsWith('wrong')) {
				wrong++;
				console.error(`${name}, seed ${seed}: ${end}`);
			}
		}
		const told = Object.entries(ends).map(([end, count]) => `${count} ${end}`);
		report({ metric: `wrong ends of ${seeds} where the server ${name} (${told.join(', ')})`, value: wrong, unit: 'runs', limit: 0, pass: wrong === 0 });
	}
}

/** Answers with how it ended: `right`, the code of a failure, or `wrong: …`. */
async function tryOnce(make: (n: (most: number) => number) => Fault, seed: number): Promise<string> {
	const random = seededRandom(seed);
	const n = (most: number) => Math.floor(random.next() * most);
	const [from, times] = [n(2), n(2) === 0 ? Number.POSITIVE_INFINITY : 1 + n(3)];
	const fault = make(n);
	// Before the misbehaviour the connection is cut, so that there are bytes to be kept.
	const before: Fault = { kind: 'dropAt', byte: n(fileBytes) };
	const stage = await openStage(fileBytes, ({ path, index }) => {
		if (path !== '/cdn' || index >= from + times) return null;
		return index < from ? before : fault;
	});
	try {
		const end = await endOf(stage);
		if (end === 'right' || end.startsWith('wrong')) return end;
		stage.setFault(() => null);
		const after = await endOf(stage);
		return after === 'right' ? end : `wrong: ${end}, and afterwards ${after}`;
	} finally {
		stage.close();
	}
}

async function endOf(stage: Stage): Promise<string> {
	try {
		await transfer(stage.task, stage.options({ tempo }));
	} catch (error) {
		return isFailure(error) ? error.code : `wrong: ${String(error)}`;
	}
	const sha256 = createHash('sha256')
		.update(await readFile(stage.task.partFile))
		.digest('hex');
	return `sha256:${sha256}` === stage.task.checksum ? 'right' : 'wrong: other bytes';
}

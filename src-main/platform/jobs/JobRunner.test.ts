import { sql } from 'drizzle-orm';
import pino from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { failure, toFailureRecord } from '#contract/errors.ts';
import type { Job } from '#contract/jobs.ts';
import { immediate, openDatabase } from '../database/openDatabase.ts';
import { migrationsFolder, temporaryDatabase } from '../database/temporaryDatabase.ts';
import { JobPaused, type JobRun, JobRunner } from './JobRunner.ts';

let database: ReturnType<typeof temporaryDatabase>;
let logged: { level: string; requestId?: string; msg: string }[];
let runners: JobRunner[];
/** Lets go of every item that still waits, as if its kind had been stopped. */
let letGo: (() => void)[];

beforeEach(() => {
	database = temporaryDatabase();
	database.db.run(sql`create table result (job_id text, position integer)`);
	logged = [];
	runners = [];
	letGo = [];
});
afterEach(async () => {
	vi.useRealTimers();
	const closed = Promise.all(runners.map((runner) => runner.close()));
	for (const go of letGo) go();
	await closed;
	database.remove();
});

const log = pino({ formatters: { level: (level) => ({ level }) } }, { write: (line: string) => void logged.push(JSON.parse(line)) });

function newRunner(): JobRunner {
	const runner = new JobRunner({ db: database.db, log });
	runners.push(runner);
	return runner;
}

/** A runner with one kind, `work`, that does `run`; started. */
function startRunner(run: (run: JobRun) => Promise<void>, concurrency = 1): JobRunner {
	const runner = newRunner();
	runner.register({ kind: 'work', concurrency, run });
	runner.start();
	return runner;
}

const jobOf = (ownerId: string, title: string, items = 0) => ({
	kind: 'work',
	ownerId,
	title,
	spec: { title },
	subjectIds: Array.from({ length: items }, (_, index) => `${title}-${index}`),
});

/** Resolves once the job is in `state` and what its last start did is written down. */
function until(runner: JobRunner, ownerId: string, jobId: string, state: Job['state']): Promise<Job> {
	return new Promise((resolve) => {
		const look = () => {
			const job = runner.get(ownerId, jobId);
			if (job.state !== state) return;
			stop();
			resolve(job);
		};
		const stop = runner.onChange(look);
		queueMicrotask(look);
	});
}

async function nothingMoves(): Promise<void> {
	for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
}

function finishItem(run: JobRun, position: number): void {
	run.completeItem(position, (tx) => tx.run(sql`insert into result values (${run.id}, ${position})`));
}

const results = () => database.db.all<{ position: number }>(sql`select position from result order by rowid`).map(({ position }) => position);

async function doAll(run: JobRun): Promise<void> {
	for (const { position } of run.pendingItems()) {
		await null;
		if (run.signal.aborted) return;
		finishItem(run, position);
	}
}

/** A kind whose every item waits for `let go`, and that counts how many of it run. */
function gated() {
	const gates: { run: JobRun; position: number; go: (outcome: 'done' | 'failed') => void; abandon: () => void }[] = [];
	const seen = { running: 0, most: 0, started: [] as string[] };
	const run = async (run: JobRun) => {
		seen.running += 1;
		seen.most = Math.max(seen.most, seen.running);
		seen.started.push(run.id);
		try {
			for (const { position } of run.pendingItems()) {
				const outcome = await new Promise<'done' | 'failed' | null>((go) => {
					letGo.push(() => go(null));
					gates.push({ run, position, go, abandon: () => go(null) });
				});
				if (outcome === 'done') finishItem(run, position);
				if (outcome === 'failed') run.failItem(position, toFailureRecord(failure('MODEL_TIMEOUT', { name: 'tiny', afterMs: position }), ''));
				if (run.signal.aborted || outcome === null) return;
			}
		} finally {
			seen.running -= 1;
		}
	};
	const next = async () => {
		await vi.waitFor(() => expect(gates.length).toBeGreaterThan(0));
		const gate = gates.shift();
		if (!gate) throw new Error('no gate');
		return gate;
	};
	return { run, next, gates, seen };
}

test('does the items in order and tells how far it is', async () => {
	const specs: unknown[] = [];
	const runner = startRunner(async (run) => {
		specs.push(run.spec);
		run.progress({ detail: 'at work', fraction: 0.9 });
		await doAll(run);
	});
	const { id } = runner.enqueue(jobOf('ann', 'class', 3));
	expect(runner.get('ann', id)).toMatchObject({ state: 'queued', itemsTotal: 3, itemsDone: 0, fraction: 0, startedAt: null });
	const done = await until(runner, 'ann', id, 'completed');
	expect(done).toEqual({
		id,
		kind: 'work',
		state: 'completed',
		title: 'class',
		detail: 'at work',
		fraction: 1,
		itemsTotal: 3,
		itemsDone: 3,
		itemsFailed: 0,
		failure: null,
		createdAt: expect.any(Number),
		startedAt: expect.any(Number),
		endedAt: expect.any(Number),
		dismissed: false,
	});
	expect([results(), specs]).toEqual([[0, 1, 2], [{ title: 'class' }]]);
});

test('tells its owner which items failed and why, by the names that the kind gives them', async () => {
	const runner = newRunner();
	const failed = toFailureRecord(failure('MODEL_TIMEOUT', { name: 'tiny', afterMs: 1 }), '');
	runner.register({
		kind: 'work',
		concurrency: 1,
		run: async (run) => {
			finishItem(run, 0);
			run.failItem(1, failed);
		},
		nameItem: (spec, subjectId) => `${JSON.stringify(spec)} ${subjectId}`,
	});
	runner.start();
	const { id } = runner.enqueue(jobOf('ann', 'class', 2));
	await until(runner, 'ann', id, 'completed');
	expect(runner.failedItems('ann', id)).toEqual([{ subjectId: 'class-1', name: '{"title":"class"} class-1', failure: failed }]);
	expect(() => runner.failedItems('bob', id)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
});

test('commits an item and its result together or neither, and never settles one twice', async () => {
	const faults: unknown[] = [];
	const runner = startRunner(async (run) => {
		const attempt = (work: () => void) => {
			try {
				work();
			} catch (error) {
				faults.push(error instanceof Error ? error.message : error);
			}
		};
		attempt(() =>
			run.completeItem(0, (tx) => {
				tx.run(sql`insert into result values (${run.id}, 0)`);
				throw new Error('no result');
			}),
		);
		expect([run.pendingItems().length, results()]).toEqual([2, []]);
		finishItem(run, 0);
		attempt(() => finishItem(run, 0));
		attempt(() => run.failItem(0, toFailureRecord(new Error(), 'x')));
		attempt(() => finishItem(run, 99));
		finishItem(run, 1);
	});
	const { id } = runner.enqueue(jobOf('ann', 'class', 2));
	await until(runner, 'ann', id, 'completed');
	expect(results()).toEqual([0, 1]);
	expect(faults).toEqual(['no result', ...[0, 0, 99].map((position) => `item ${position} of job ${id} is not pending`)]);
});

test('completes with failed items, fails when all failed, and does only those again on retry', async () => {
	const { run, next } = gated();
	const runner = startRunner(run);
	const { id } = runner.enqueue(jobOf('ann', 'class', 3));
	for (const outcome of ['failed', 'failed', 'failed'] as const) (await next()).go(outcome);
	expect(await until(runner, 'ann', id, 'failed')).toMatchObject({ itemsFailed: 3, failure: { code: 'MODEL_TIMEOUT', data: { afterMs: 0 } } });

	expect(runner.retry('ann', id)).toMatchObject({ state: 'queued', itemsFailed: 0, failure: null, endedAt: null });
	for (const outcome of ['done', 'failed', 'done'] as const) (await next()).go(outcome);
	expect(await until(runner, 'ann', id, 'completed')).toMatchObject({ itemsDone: 2, itemsFailed: 1, failure: null, fraction: 1 });

	runner.retry('ann', id);
	const last = await next();
	expect(last.position).toBe(1);
	last.go('done');
	expect(await until(runner, 'ann', id, 'completed')).toMatchObject({ itemsDone: 3, itemsFailed: 0 });
	expect(results()).toEqual([0, 2, 1]);
	expect(() => runner.retry('ann', id)).toThrow(expect.objectContaining({ code: 'JOB_STATE', data: { state: 'completed' } }));
});

test('keeps a failure that its kind throws, and answers a bug with an id under which it is logged whole', async () => {
	const runner = startRunner(async (run) => {
		if (run.spec && JSON.stringify(run.spec).includes('expected')) throw failure('NO_MODEL', {});
		throw new TypeError('a bug with a /secret/path');
	});
	const expected = runner.enqueue(jobOf('ann', 'expected', 1));
	const bug = runner.enqueue(jobOf('ann', 'bug'));
	expect((await until(runner, 'ann', expected.id, 'failed')).failure).toEqual({ code: 'NO_MODEL', message: 'No model is chosen.', data: {} });
	const record = (await until(runner, 'ann', bug.id, 'failed')).failure;
	expect(record).toMatchObject({ code: 'INTERNAL', data: { requestId: expect.any(String) } });
	expect(JSON.stringify(record)).not.toContain('secret');
	expect(logged).toEqual([
		expect.objectContaining({ msg: 'a job failed', requestId: record?.data.requestId, err: expect.objectContaining({ type: 'TypeError' }) }),
	]);
});

test('takes a kind that returns before all items are settled for a bug', async () => {
	const runner = startRunner(async () => {});
	const { id } = runner.enqueue(jobOf('ann', 'class', 2));
	expect((await until(runner, 'ann', id, 'failed')).failure?.code).toBe('INTERNAL');
	expect(logged[0]?.msg).toBe('a job failed');
});

test('pauses at once, keeps what is finished meanwhile, and never has two starts of one job', async () => {
	const { run, next, seen, gates } = gated();
	const runner = startRunner(run, 5);
	const { id } = runner.enqueue(jobOf('ann', 'class', 3));
	const first = await next();
	expect(runner.pause('ann', id).state).toBe('paused');
	expect(first.run.signal.aborted).toBe(true);
	expect(runner.resume('ann', id).state).toBe('queued');
	await nothingMoves();
	expect([seen.started.length, runner.get('ann', id).state]).toEqual([1, 'queued']);
	first.go('done');
	const second = await next();
	expect([second.position, seen.most, gates.length, results()]).toEqual([1, 1, 0, [0]]);
	second.go('done');
	(await next()).go('done');
	expect(await until(runner, 'ann', id, 'completed')).toMatchObject({ itemsDone: 3, failure: null });
});

test('cancels for good: what is finished later is not taken', async () => {
	const { run, next } = gated();
	const runner = startRunner(run);
	const { id } = runner.enqueue(jobOf('ann', 'class', 2));
	(await next()).go('done');
	const second = await next();
	expect(runner.cancel('ann', id)).toMatchObject({ state: 'cancelled', endedAt: expect.any(Number) });
	second.go('done');
	await nothingMoves();
	expect(results()).toEqual([0]);
	expect(runner.get('ann', id)).toMatchObject({ state: 'cancelled', itemsDone: 1, failure: null });
	for (const act of ['pause', 'resume', 'cancel', 'retry'] as const) {
		expect(() => runner[act]('ann', id)).toThrow(expect.objectContaining({ code: 'JOB_STATE', data: { state: 'cancelled' } }));
	}
	expect(logged).toEqual([]);
});

test('a start that has ended can write nothing more, even where its kind left something running', async () => {
	let leaked: JobRun | undefined;
	const runner = startRunner(async (run) => {
		leaked = run;
		finishItem(run, 0);
	});
	const { id } = runner.enqueue(jobOf('ann', 'class', 1));
	await until(runner, 'ann', id, 'completed');
	expect(() => leaked?.saveCheckpoint({ at: 1 })).toThrow('has ended');
});

test('a kind may pause its job by itself, with a reason that a resume clears', async () => {
	let full = true;
	const runner = startRunner(async (run) => {
		if (full) throw new JobPaused(failure('DISK_FAILED', { reason: 'gone' }));
		await doAll(run);
	});
	const { id } = runner.enqueue(jobOf('ann', 'class', 1));
	expect(await until(runner, 'ann', id, 'paused')).toMatchObject({ failure: { code: 'DISK_FAILED', data: { reason: 'gone' } }, endedAt: null });
	full = false;
	expect(runner.resume('ann', id)).toMatchObject({ state: 'queued', failure: null });
	expect(await until(runner, 'ann', id, 'completed')).toMatchObject({ itemsDone: 1, failure: null });
	expect(logged).toEqual([]);
});

test('tells its kind of the end of a job in the transaction that writes it, and of no pause', async () => {
	let outcome: 'good' | 'bad' | 'pause' | 'wait' = 'pause';
	const told = () => database.db.all<{ id: string }>(sql`select job_id id from result order by rowid`).map(({ id }) => id);
	const runner = newRunner();
	runner.register({
		kind: 'work',
		concurrency: 2,
		async run(run) {
			if (outcome === 'pause') throw new JobPaused(failure('NO_MODEL', {}));
			if (outcome === 'bad') throw failure('NO_MODEL', {});
			if (outcome === 'wait') await new Promise((resolve) => run.signal.addEventListener('abort', resolve));
		},
		ended({ id, ownerId }, tx) {
			expect(tx.get(sql`select state, ended_at is not null ended from job where owner_id = ${ownerId} and id = ${id}`)).toMatchObject({ ended: 1 });
			tx.run(sql`insert into result values (${ownerId}, 0)`);
			if (runner.get('ann', id).title === 'refused') throw new Error('not yet');
		},
	});
	runner.start();
	const { id } = runner.enqueue(jobOf('ann', 'class'));
	await until(runner, 'ann', id, 'paused');
	expect(told()).toEqual([]);
	outcome = 'bad';
	runner.resume('ann', id);
	await until(runner, 'ann', id, 'failed');
	expect(told()).toEqual(['ann']);
	outcome = 'good';
	runner.retry('ann', id);
	await until(runner, 'ann', id, 'completed');
	expect(told()).toEqual(['ann', 'ann']);
	outcome = 'wait';
	const waiting = runner.enqueue(jobOf('ann', 'waits'));
	const refused = runner.enqueue(jobOf('ann', 'refused'));
	await until(runner, 'ann', refused.id, 'running');
	runner.cancel('ann', waiting.id);
	// Its run may write yet.
	expect(told()).toEqual(['ann', 'ann']);
	await vi.waitFor(() => expect(told()).toEqual(['ann', 'ann', 'ann']));
	runner.pause('ann', refused.id);
	await new Promise(setImmediate);
	expect(() => runner.cancel('ann', refused.id)).toThrow('not yet');
	expect([runner.get('ann', refused.id).state, told().length]).toEqual(['paused', 3]);
});

test('tells its kind once that a job rests: when nothing of it runs any more, and never where it goes on', async () => {
	const rested: string[] = [];
	const { run, next } = gated();
	const runner = newRunner();
	let isShort = false;
	runner.register({
		kind: 'work',
		concurrency: 1,
		async run(job) {
			if (isShort) throw new JobPaused(failure('NO_MODEL', {}));
			await run(job);
		},
		rested({ id, ownerId }, tx) {
			expect(tx.get(sql`select state from job where owner_id = ${ownerId} and id = ${id}`)).toEqual({ state: 'paused' });
			rested.push(id);
		},
	});
	const { id } = runner.enqueue(jobOf('ann', 'class', 2));
	// Before it runs at all.
	runner.pause('ann', id);
	expect(rested).toEqual([id]);
	runner.resume('ann', id);
	runner.start();
	const first = await next();
	// Paused and taken up again before its run has ended: it goes on with what it has.
	runner.pause('ann', id);
	runner.resume('ann', id);
	first.go('done');
	const second = await next();
	expect(rested).toEqual([id]);
	// Paused, resumed and paused: it rests when its run has written its last.
	runner.pause('ann', id);
	runner.resume('ann', id);
	runner.pause('ann', id);
	expect(rested).toEqual([id]);
	second.abandon();
	await vi.waitFor(() => expect(rested).toEqual([id, id]));
	isShort = true;
	runner.resume('ann', id);
	await until(runner, 'ann', id, 'paused');
	expect(rested).toEqual([id, id, id]);
	expect(logged).toEqual([]);
});

test('what a kind refuses to take up again stays as it was, and it is told what is left', async () => {
	const runner = newRunner();
	const asked: unknown[] = [];
	let mayGoOn = false;
	runner.register({
		kind: 'work',
		concurrency: 1,
		async run(run) {
			if (!mayGoOn) throw new JobPaused(failure('NO_MODEL', {}));
			for (const { position } of run.pendingItems()) run.completeItem(position);
		},
		resumed(job) {
			asked.push(job.subjectIds.length);
			if (!mayGoOn) throw failure('NO_MODEL', {});
		},
	});
	runner.start();
	const { id } = runner.enqueue(jobOf('ann', 'class', 3));
	await until(runner, 'ann', id, 'paused');
	expect(() => runner.resume('ann', id)).toThrow(expect.objectContaining({ code: 'NO_MODEL' }));
	expect(runner.get('ann', id).state).toBe('paused');
	mayGoOn = true;
	runner.resume('ann', id);
	await until(runner, 'ann', id, 'completed');
	expect(asked).toEqual([3, 3]);
});

test('runs as many at a time as its kind says at the time, and what was put first before the rest', async () => {
	const { run, next, seen } = gated();
	const runner = newRunner();
	let most = 1;
	runner.register({ kind: 'work', concurrency: () => most, run });
	runner.start();
	const ids = ['one', 'two', 'three', 'four'].map((title) => runner.enqueue(jobOf('ann', title, 1)).id);
	const first = await next();
	runner.runNext('ann', ids[2] ?? '');
	expect(() => runner.runNext('ann', ids[0] ?? '')).toThrow(expect.objectContaining({ code: 'JOB_STATE', data: { state: 'running' } }));
	runner.runNext('ann', ids[3] ?? '');
	first.go('done');
	const second = await next();
	most = 2;
	runner.refill();
	const third = await next();
	for (const gate of [second, third]) gate.go('done');
	(await next()).go('done');
	await until(runner, 'ann', ids[1] ?? '', 'completed');
	expect([seen.started, seen.most]).toEqual([[0, 3, 2, 1].map((index) => ids[index]), 2]);
});

test('a dismissed job is off the list and still found; one that goes on cannot be dismissed', async () => {
	const runner = startRunner(doAll);
	const { id } = runner.enqueue(jobOf('ann', 'class', 1));
	expect(() => runner.dismiss('ann', id)).toThrow(expect.objectContaining({ code: 'JOB_STATE' }));
	await until(runner, 'ann', id, 'completed');
	runner.dismiss('ann', id);
	expect([runner.list('ann'), runner.get('ann', id)]).toEqual([[], expect.objectContaining({ state: 'completed', dismissed: true })]);
});

test("shows and changes nobody else's job", async () => {
	const runner = newRunner();
	const { id } = runner.enqueue(jobOf('ann', 'class'));
	for (const act of ['get', 'pause', 'resume', 'cancel', 'retry'] as const) {
		for (const [owner, jobId] of [['bob', id] as const, ['ann', 'no such job'] as const]) {
			expect(() => runner[act](owner, jobId)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
		}
	}
	expect([runner.list('bob'), runner.list('ann').length, runner.get('ann', id).state]).toEqual([[], 1, 'queued']);
});

test('runs as many of a kind at a time as it declares, owners in turn', async () => {
	const { run, next, seen } = gated();
	const runner = startRunner(run, 2);
	const titles = new Map<string, string>();
	for (const [owner, title] of [
		['ann', 'a1'],
		['ann', 'a2'],
		['ann', 'a3'],
		['bob', 'b1'],
		['bob', 'b2'],
	] as const) {
		titles.set(runner.enqueue(jobOf(owner, title, 1)).id, title);
	}
	for (let job = 0; job < 5; job++) (await next()).go('done');
	await nothingMoves();
	expect([seen.started.map((id) => titles.get(id)), seen.most]).toEqual([['a1', 'b1', 'a2', 'b2', 'a3'], 2]);
});

test('leaves a job whose kind is not registered in the queue until it is', async () => {
	const runner = newRunner();
	runner.start();
	const { id } = runner.enqueue(jobOf('ann', 'class', 1));
	await nothingMoves();
	expect(runner.get('ann', id).state).toBe('queued');
	runner.register({ kind: 'work', concurrency: 1, run: doAll });
	await until(runner, 'ann', id, 'completed');
	expect(() => runner.register({ kind: 'work', concurrency: 1, run: doAll })).toThrow('registered already');
	expect(() => runner.register({ kind: 'other', concurrency: 0, run: doAll })).toThrow('concurrency of other must be at least 1, not 0');
});

test('queues with the transaction it is part of, or not at all', async () => {
	const runner = startRunner(doAll);
	const heard: string[] = [];
	runner.onChange((job) => heard.push(job.title));
	expect(() =>
		immediate(database.db, (tx) => {
			runner.enqueue(jobOf('ann', 'rolled back', 1), tx);
			throw new Error('no');
		}),
	).toThrow('no');
	const { id } = immediate(database.db, (tx) => runner.enqueue(jobOf('ann', 'kept', 1), tx));
	await until(runner, 'ann', id, 'completed');
	expect([runner.list('ann').map((job) => job.title), new Set(heard)]).toEqual([['kept'], new Set(['kept'])]);
});

test('goes on after a crash at the items that are left, from the checkpoint that was saved', async () => {
	const first = gated();
	const crashed = startRunner(first.run);
	const { id } = crashed.enqueue(jobOf('ann', 'class', 3));
	const gate = await first.next();
	gate.run.saveCheckpoint({ page: 7 }, (tx) => tx.run(sql`insert into result values ('checkpoint', 7)`));
	gate.go('done');
	await first.next();
	// The crash: nothing of the first runner is heard of again.
	const checkpoints: unknown[] = [];
	const runner = startRunner(async (run) => {
		checkpoints.push(run.checkpoint);
		await doAll(run);
	});
	await until(runner, 'ann', id, 'completed');
	expect([checkpoints, results()]).toEqual([[{ page: 7 }], [7, 0, 1, 2]]);
});

test('does not start a job for ever that the app dies on: after three fruitless starts it waits for a person, in words', async () => {
	let id = '';
	for (let start = 1; start <= 3; start++) {
		const { run, next } = gated();
		const runner = startRunner(run);
		id ||= runner.enqueue(jobOf('ann', 'deadly', 2)).id;
		await next();
	}
	const { run, next } = gated();
	const runner = newRunner();
	const rested: string[] = [];
	runner.register({ kind: 'work', concurrency: 1, run, rested: (job) => void rested.push(job.id) });
	runner.start();
	await nothingMoves();
	expect(rested).toEqual([id]);
	expect(runner.get('ann', id)).toMatchObject({
		state: 'interrupted',
		failure: { code: 'JOB_GAVE_UP', data: { attempts: 3 }, message: expect.stringMatching(/kept\. Resume it/) },
	});
	expect(runner.resume('ann', id)).toMatchObject({ state: 'queued', failure: null });
	(await next()).go('done');
	(await next()).go('done');
	await until(runner, 'ann', id, 'completed');
});

test('stops at close, leaves its jobs interrupted, and does not count that start as fruitless', async () => {
	let id = '';
	for (let start = 1; start <= 5; start++) {
		const { run, next } = gated();
		const runner = startRunner(run);
		id ||= runner.enqueue(jobOf('ann', 'long', 2)).id;
		const gate = await next();
		const closed = runner.close();
		expect(gate.run.signal.aborted).toBe(true);
		gate.abandon();
		await closed;
		expect(runner.get('ann', id)).toMatchObject({ state: 'interrupted', failure: null });
	}
	await until(startRunner(doAll), 'ann', id, 'completed');
});

test('does not wait for ever at close for a kind that does not listen, which then can write nothing', async () => {
	const { run, next } = gated();
	const runner = startRunner(run);
	const { id } = runner.enqueue(jobOf('ann', 'deaf', 1));
	const gate = await next();
	vi.useFakeTimers();
	const closed = runner.close();
	await vi.advanceTimersByTimeAsync(10_000);
	await closed;
	gate.go('done');
	await vi.advanceTimersByTimeAsync(1);
	expect([results(), runner.get('ann', id).state]).toEqual([[], 'interrupted']);
});

test('tells of progress ten times a second at most, the latest, and of states at once', async () => {
	const { run, next } = gated();
	const runner = startRunner(run);
	const { id } = runner.enqueue({ ...jobOf('ann', 'flood', 1) });
	const gate = await next();
	vi.useFakeTimers();
	const heard: string[] = [];
	runner.onChange((job) => heard.push(`${job.state} ${job.detail}`));
	for (let n = 1; n <= 1_000; n++) {
		gate.run.progress({ detail: String(n) });
		await vi.advanceTimersByTimeAsync(1);
	}
	expect(heard).toEqual(Array.from({ length: 10 }, (_, index) => `running ${(index + 1) * 100}`));
	runner.pause('ann', id);
	await null;
	expect(heard.at(-1)).toBe('paused 1000');
	gate.abandon();
	await vi.advanceTimersByTimeAsync(1);
	expect(runner.get('ann', id).detail).toBe('1000');
});

test('takes any number for a fraction and keeps it between 0 and 1', async () => {
	const fractions: number[] = [];
	const runner = startRunner(async (run) => {
		for (const fraction of [0.25, Number.NaN, 7, -1]) {
			run.progress({ fraction });
			fractions.push(runner.get('ann', run.id).fraction);
		}
	});
	await until(runner, 'ann', runner.enqueue(jobOf('ann', 'no items')).id, 'completed');
	expect(fractions).toEqual([0.25, 0.25, 1, 0]);
});

test('watching begins with all jobs of the owner, then gives a slow reader each changed one once, and ends with its signal', async () => {
	const { run, next } = gated();
	const runner = startRunner(run, 10);
	const old = runner.enqueue(jobOf('ann', 'old', 1));
	runner.enqueue(jobOf('bob', "another's", 1));
	const leaving = new AbortController();
	const watch = runner.watch('ann', leaving.signal)[Symbol.asyncIterator]();
	expect((await watch.next()).value.map((job: Job) => job.title)).toEqual(['old']);
	const added = runner.enqueue(jobOf('ann', 'new', 1));
	for (let item = 0; item < 3; item++) (await next()).go('done');
	await until(runner, 'ann', added.id, 'completed');
	await until(runner, 'ann', old.id, 'completed');
	const { value } = await watch.next();
	expect(value.map((job: Job) => [job.title, job.state]).sort()).toEqual([
		['new', 'completed'],
		['old', 'completed'],
	]);
	expect(value[0]).not.toHaveProperty('ownerId');
	const last = watch.next();
	leaving.abort();
	expect((await last).done).toBe(true);
});

test('watching ends when the runner closes', async () => {
	const runner = startRunner(doAll);
	const watch = runner.watch('ann')[Symbol.asyncIterator]();
	await watch.next();
	const last = watch.next();
	await runner.close();
	expect((await last).done).toBe(true);
});

test('watching never tells more than ten times a second, however many jobs change', async () => {
	const runner = newRunner();
	vi.useFakeTimers();
	const leaving = new AbortController();
	const told: number[] = [];
	const watching = (async () => {
		for await (const jobs of runner.watch('ann', leaving.signal)) told.push(jobs.length);
	})();
	for (let n = 0; n < 200; n++) {
		runner.enqueue(jobOf('ann', `job ${n}`));
		await vi.advanceTimersByTimeAsync(5);
	}
	await vi.advanceTimersByTimeAsync(100);
	leaving.abort();
	await watching;
	expect(told.length).toBeLessThanOrEqual(12);
	expect(told.reduce((sum, count) => sum + count)).toBe(200);
});

test('bears jobs of many items', async () => {
	const runner = newRunner();
	const { id } = runner.enqueue(jobOf('ann', 'school', 5_000));
	expect(runner.get('ann', id)).toMatchObject({ itemsTotal: 5_000, itemsDone: 0, fraction: 0 });
	runner.register({
		kind: 'work',
		concurrency: 1,
		run: async (run) => {
			const items = run.pendingItems();
			expect([items.length, items[4_999]]).toEqual([5_000, { position: 4_999, subjectId: 'school-4999' }]);
			throw failure('NO_MODEL', {});
		},
	});
	runner.start();
	await until(runner, 'ann', id, 'failed');
});

test('lists what has not ended before old ended jobs, newest first, and not without end', async () => {
	let now = 0;
	const runner = new JobRunner({ db: database.db, log, now: () => now++ });
	const paused = runner.enqueue(jobOf('ann', 'paused long ago'));
	runner.pause('ann', paused.id);
	for (let n = 0; n < 250; n++) runner.cancel('ann', runner.enqueue(jobOf('ann', `ended ${n}`)).id);
	const titles = runner.list('ann').map((job) => job.title);
	expect([titles.length, titles[0], titles.at(-1)]).toEqual([200, 'ended 249', 'paused long ago']);
});

test('L10 a full or a busy database fails an item whole, and the job goes on once it is mended', async () => {
	const client = database.db.$client;
	const other = openDatabase({ file: database.file, migrationsFolder, log }).db.$client;
	const runner = startRunner(async (run) => {
		const big = 'x'.repeat(50_000);
		const finish = () => run.completeItem(0, (tx) => [0, 1, 2].map((part) => tx.run(sql`insert into result values (${big}, ${part})`)));
		const pages = Number(client.pragma('page_count', { simple: true }));
		for (const room of [0, 15, 30]) {
			client.pragma(`max_page_count = ${pages + room}`);
			expect(finish).toThrow(expect.objectContaining({ code: 'DISK_FULL' }));
			expect([run.pendingItems().length, results()]).toEqual([1, []]);
		}
		client.pragma('max_page_count = 1000000');
		client.pragma('busy_timeout = 0');
		other.exec('BEGIN IMMEDIATE');
		expect(finish).toThrow(expect.objectContaining({ code: 'DISK_FAILED', data: { reason: 'busy' } }));
		other.exec('ROLLBACK');
		expect([run.pendingItems().length, results()]).toEqual([1, []]);
		finish();
	});
	const { id } = runner.enqueue(jobOf('ann', 'class', 1));
	expect(await until(runner, 'ann', id, 'completed')).toMatchObject({ itemsDone: 1 });
	expect(results()).toEqual([0, 1, 2]);
	other.close();
});

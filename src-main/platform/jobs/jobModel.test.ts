import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import pino from 'pino';
import { expect, test } from 'vitest';
import { failure, isFailure, toFailureRecord } from '#contract/errors.ts';
import type { JobState } from '#contract/jobs.ts';
import { temporaryDatabase } from '../database/temporaryDatabase.ts';
import { type JobRun, JobRunner } from './JobRunner.ts';

const failed = toFailureRecord(failure('NO_MODEL', {}), '');
const act = ['pause', 'resume', 'cancel', 'retry'] as const;

/** What a job must be: written without a look at the runner, from what jobs promise. */
interface ModelJob {
	state: JobState;
	items: ('pending' | 'done' | 'failed')[];
	/** Starts since something was finished. */
	fruitless: number;
}

type Model = ModelJob[];

/** The app: a runner over a database, and the items that wait to be finished. A crash leaves the runner and takes a new one. */
class App {
	readonly database = temporaryDatabase();
	readonly ids: string[] = [];
	runner!: JobRunner;
	gates = new Map<string, { run: JobRun; position: number; go: () => void }>();
	#old: (() => void)[] = [];

	constructor() {
		this.database.db.run(sql`create table result (job_id text, position integer)`);
		this.start();
	}

	start(): void {
		this.#old.push(...[...this.gates.values()].map(({ go }) => go));
		const gates = new Map<string, { run: JobRun; position: number; go: () => void }>();
		this.gates = gates;
		this.runner = new JobRunner({ db: this.database.db, log: pino({ enabled: false }) });
		this.runner.register({
			kind: 'work',
			concurrency: 100,
			async run(run) {
				for (const { position } of run.pendingItems()) {
					await new Promise<void>((go) => {
						gates.set(run.id, { run, position, go });
						run.signal.addEventListener('abort', () => go());
						if (run.signal.aborted) go();
					});
					gates.delete(run.id);
					if (run.signal.aborted) return;
				}
			},
		});
		this.runner.start();
	}

	async settled(): Promise<void> {
		for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
	}

	async end(): Promise<void> {
		await this.runner.close();
		for (const go of this.#old) go();
		await this.settled();
		this.database.remove();
	}
}

async function check(model: Model, app: App): Promise<void> {
	await app.settled();
	const count = (job: ModelJob, state: string) => job.items.filter((item) => item === state).length;
	const expected = model.map((job) => ({ state: job.state, done: count(job, 'done'), failed: count(job, 'failed'), gaveUp: job.state === 'interrupted' }));
	const actual = app.ids.map((id) => {
		const job = app.runner.get('ann', id);
		return { state: job.state, done: job.itemsDone, failed: job.itemsFailed, gaveUp: job.failure?.code === 'JOB_GAVE_UP' && job.state === 'interrupted' };
	});
	expect(actual).toEqual(expected);
	// Each item that is done has exactly one result, and no other has any.
	const results = app.database.db.all<{ id: string; position: number }>(sql`select job_id id, position from result order by rowid`);
	const wanted = model.flatMap((job, index) => job.items.flatMap((item, position) => (item === 'done' ? [`${app.ids[index]} ${position}`] : [])));
	expect(results.map(({ id, position }) => `${id} ${position}`).sort()).toEqual(wanted.sort());
}

/** A job that may run does so at once in this model, since every one has room. */
function run(job: ModelJob): void {
	job.fruitless += 1;
	job.state = 'running';
	conclude(job);
}

function conclude(job: ModelJob): void {
	if (job.items.includes('pending')) return;
	job.state = job.items.length > 0 && job.items.every((item) => item === 'failed') ? 'failed' : 'completed';
}

function restart(model: Model): void {
	for (const job of model) {
		if (job.state === 'running') job.state = job.fruitless >= 3 ? 'interrupted' : 'queued';
		if (job.state === 'queued') run(job);
	}
}

const possible: Record<(typeof act)[number], (job: ModelJob) => boolean> = {
	pause: (job) => job.state === 'running',
	resume: (job) => job.state === 'paused' || job.state === 'interrupted',
	cancel: (job) => ['running', 'paused', 'interrupted'].includes(job.state),
	retry: (job) => job.state === 'failed' || (job.state === 'completed' && job.items.includes('failed')),
};

class Enqueue implements fc.AsyncCommand<Model, App> {
	readonly items: number;
	constructor(items: number) {
		this.items = items;
	}
	check = () => true;
	async run(model: Model, app: App) {
		const subjectIds = Array.from({ length: this.items }, (_, index) => String(index));
		app.ids.push(app.runner.enqueue({ kind: 'work', ownerId: 'ann', title: 't', spec: {}, subjectIds }).id);
		const job: ModelJob = { state: 'queued', items: subjectIds.map(() => 'pending'), fruitless: 0 };
		model.push(job);
		run(job);
		await check(model, app);
	}
	toString = () => `enqueue ${this.items} items`;
}

class Act implements fc.AsyncCommand<Model, App> {
	readonly act: (typeof act)[number];
	readonly which: number;
	constructor(what: (typeof act)[number], which: number) {
		this.act = what;
		this.which = which;
	}
	check = (model: Readonly<Model>) => model.length > 0;
	async run(model: Model, app: App) {
		const index = this.which % model.length;
		const job = model[index];
		const id = app.ids[index];
		if (!job || !id) throw new Error('no job');
		let refused = false;
		try {
			app.runner[this.act]('ann', id);
		} catch (error) {
			if (!isFailure(error, 'JOB_STATE')) throw error;
			refused = true;
		}
		expect(refused).toBe(!possible[this.act](job));
		if (!refused) this.apply(job);
		await check(model, app);
	}
	apply(job: ModelJob) {
		if (this.act === 'pause') job.state = 'paused';
		if (this.act === 'cancel') job.state = 'cancelled';
		if (this.act === 'retry') job.items = job.items.map((item) => (item === 'failed' ? 'pending' : item));
		if (this.act === 'resume' || this.act === 'retry') {
			job.fruitless = 0;
			run(job);
		}
	}
	toString = () => `${this.act} ${this.which}`;
}

class FinishItem implements fc.AsyncCommand<Model, App> {
	readonly which: number;
	readonly well: boolean;
	constructor(which: number, well: boolean) {
		this.which = which;
		this.well = well;
	}
	check = (model: Readonly<Model>) => model.some((job) => job.state === 'running');
	async run(model: Model, app: App) {
		const running = [...model.keys()].filter((index) => model[index]?.state === 'running');
		const index = running[this.which % running.length] ?? 0;
		const job = model[index];
		const gate = app.gates.get(app.ids[index] ?? '');
		if (!job || !gate) throw new Error('a running job does not wait for its item');
		expect(gate.position).toBe(job.items.indexOf('pending'));
		if (this.well) gate.run.completeItem(gate.position, (tx) => tx.run(sql`insert into result values (${gate.run.id}, ${gate.position})`));
		else gate.run.failItem(gate.position, failed);
		gate.go();
		job.items[gate.position] = this.well ? 'done' : 'failed';
		job.fruitless = 0;
		conclude(job);
		await check(model, app);
	}
	toString = () => `finish ${this.which} ${this.well ? 'well' : 'badly'}`;
}

class Crash implements fc.AsyncCommand<Model, App> {
	check = () => true;
	async run(model: Model, app: App) {
		app.start();
		restart(model);
		await check(model, app);
	}
	toString = () => 'crash';
}

class Close implements fc.AsyncCommand<Model, App> {
	check = () => true;
	async run(model: Model, app: App) {
		await app.runner.close();
		app.start();
		for (const job of model) if (job.state === 'running') job.fruitless = Math.max(0, job.fruitless - 1);
		restart(model);
		await check(model, app);
	}
	toString = () => 'close';
}

test('jobs are what their model says after every pause, resume, cancel, retry, crash and close', { timeout: 600_000 }, async () => {
	const which = fc.nat({ max: 5 });
	const commands = fc.commands(
		[
			fc.nat({ max: 4 }).map((items) => new Enqueue(items)),
			fc.tuple(fc.constantFrom(...act), which).map(([what, index]) => new Act(what, index)),
			fc.tuple(which, fc.boolean()).map(([index, well]) => new FinishItem(index, well)),
			fc.tuple(which, fc.boolean()).map(([index, well]) => new FinishItem(index, well)),
			fc.constant(new Crash()),
			fc.constant(new Close()),
		],
		{ maxCommands: 40, size: 'max' },
	);
	await fc.assert(
		fc.asyncProperty(commands, async (chosen) => {
			const app = new App();
			try {
				await fc.asyncModelRun(() => ({ model: [], real: app }), chosen);
			} finally {
				await app.end();
			}
		}),
		{ numRuns: process.env.HOMEROOM_SOAK ? 1_000 : 40 },
	);
});

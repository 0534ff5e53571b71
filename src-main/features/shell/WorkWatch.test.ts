import pino from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { temporaryDatabase } from '../../platform/database/temporaryDatabase.ts';
import { JobRunner } from '../../platform/jobs/JobRunner.ts';
import { WorkWatch } from './WorkWatch.ts';

let database: ReturnType<typeof temporaryDatabase>;
let runner: JobRunner;
let watch: WorkWatch;
/** Lets each job that runs end, by its title: well, or with a fault. */
let ends: Map<string, (error?: Error) => void>;
let told: string[];

beforeEach(() => {
	database = temporaryDatabase();
	runner = new JobRunner({ db: database.db, log: pino({ enabled: false }) });
	watch = new WorkWatch(runner);
	ends = new Map();
	told = [];
	watch.onEnd(({ title, state, ownerId }) => told.push(`${ownerId}: ${title} ${state}`));
	runner.register({
		kind: 'work',
		concurrency: 5,
		run: async (run) => {
			const spec = run.spec as { title: string; fraction?: number };
			if (spec.fraction !== undefined) run.progress({ fraction: spec.fraction });
			await new Promise<void>((resolve, reject) => {
				ends.set(spec.title, (error) => (error ? reject(error) : resolve()));
				run.signal.addEventListener('abort', () => resolve());
			});
		},
	});
	runner.start();
});
afterEach(async () => {
	await runner.close();
	watch.close();
	database.remove();
});

const begin = (title: string, fraction?: number) => runner.enqueue({ kind: 'work', ownerId: 'ann', title, spec: { title, fraction } });

test('what runs is counted, whoever’s it is, with how far it is together', async () => {
	expect(watch.now()).toEqual({ running: 0, fraction: null });
	begin('quiet');
	await vi.waitFor(() => expect(watch.now()).toEqual({ running: 1, fraction: null }));
	begin('half', 0.5);
	await vi.waitFor(() => expect(watch.now()).toEqual({ running: 2, fraction: 0.25 }));
});

test('what ended by itself is told once, well or not; what a person ended or put aside is not', async () => {
	let changes = 0;
	watch.onChange(() => changes++);
	const [, , cancelled, paused] = ['good', 'bad', 'cancelled', 'paused'].map((title) => begin(title));
	await vi.waitFor(() => expect(ends.size).toBe(4));
	ends.get('good')?.();
	ends.get('bad')?.(new Error('a fault'));
	runner.cancel('ann', cancelled?.id ?? '');
	runner.pause('ann', paused?.id ?? '');
	await vi.waitFor(() => expect(watch.now().running).toBe(0));
	await vi.waitFor(() => expect(told).toHaveLength(2));
	expect(told.sort()).toEqual(['ann: bad failed', 'ann: good completed']);
	for (const { id, state } of runner.list('ann')) if (state === 'completed' || state === 'failed') runner.dismiss('ann', id);
	await vi.waitFor(() => expect(changes).toBeGreaterThan(8));
	expect(told).toHaveLength(2);
});

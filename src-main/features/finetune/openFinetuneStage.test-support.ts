import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import type { Machine } from '#contract/engine.ts';
import type { Run, RunLine, RunOrder, RunPoint, RunSettings } from '#contract/finetune.ts';
import type { JobState } from '#contract/jobs.ts';
import { settingsOfIntent } from '#contract/settingsOfIntent.ts';
import { openDatabase } from '../../platform/database/openDatabase.ts';
import { JobRunner } from '../../platform/jobs/JobRunner.ts';
import { resolvePaths } from '../../platform/paths/paths.ts';
import { Engine } from '../engine/engine.ts';
import { Grading } from '../grading/grading.ts';
import { Library } from '../library/library.ts';
import { writeTestModel } from '../library/testModel.ts';
import { Finetune } from './finetune.ts';
import type { OwnWork, OwnWorkSources } from './readSource.ts';
import type { TrainingEngine } from './trainingTools.ts';

interface StageOptions {
	demo?: boolean;
	trainer?: string;
	cuesOf?: OwnWorkSources['cuesOf'];
}

/**
 * For tests: fine-tuning with everything real around it, on a data folder that may have been used before. The jobs are not started yet.
 * With `demo` the model is the demonstration model instead of the one whose words are random; `trainer` is a program in the trainer's place,
 * `cuesOf` what translators settled.
 */
export async function openFinetuneStage(folder: string, { demo = false, trainer = '', cuesOf = (): OwnWork[] => [] }: StageOptions = {}) {
	process.env.HOMEROOM_GPU = 'off';
	const logged: string[] = [];
	const log = pino({ level: 'error' }, { write: (line: string) => logged.push(line) });
	const paths = resolvePaths({ dataFolder: folder });
	const database = openDatabase({ file: paths.database, migrationsFolder: paths.migrations, log });
	const { db } = database;
	const jobs = new JobRunner({ db, log });
	// Accounts that may use no model.
	const barred = new Set<string>();
	const usableBy = (accountId: string) => () => !barred.has(accountId);
	const { models: modelsFolder, uploads: uploadsFolder, downloads: downloadsFolder, demo: demoFile, inspectWorker, sumWorker, node } = paths;
	const library = new Library({ db, jobs, modelsFolder, uploadsFolder, downloadsFolder, demoFile, inspectWorker, sumWorker, log, isInUse: () => false });
	const settings = () => ({ threads: 1, idleUnloadMs: null });
	const engine = new Engine({ library, usableBy, log, node, hostEntry: paths.engineHost, settings });
	/** What of the machine is not as it is. */
	const pretended: Partial<Pick<Machine, 'freeRamBytes' | 'gpus'>> = {};
	const trainingEngine: TrainingEngine = {
		encodeChats: (...order) => engine.encodeChats(...order),
		encodeText: (...order) => engine.encodeText(...order),
		ensureRunning: (...order) => engine.ensureRunning(...order),
		generate: (...order) => engine.generate(...order),
		mayUse: (...order) => engine.mayUse(...order),
		machine: async () => ({ ...(await engine.machine()), ...pretended }),
	};
	const finetune = new Finetune({
		...{ db, jobs, engine: trainingEngine, library, usableBy, log, node, uploadsFolder },
		engineThreads: () => settings().threads,
		nameOf: (accountId) => accountId.toUpperCase(),
		gradeForm: Grading.form,
		marksOf: () => [],
		cuesOf,
		chatsOf: () => [],
		folder: paths.finetune,
		resources: shortenTexts(paths.resources, join(folder, 'resources')),
		trainer: trainer || paths.trainer,
	});
	finetune.recover();
	finetune.start();
	return {
		...{ db, log, logged, paths, library, engine, jobs, finetune, barred, pretended },
		model: await (demo ? library.addDemo() : addModel(library, folder)),
		async close() {
			await jobs.close();
			finetune.close();
			await engine.close();
			database.close();
		},
	};
}

/** The test model, where a stage before has not taken it in. */
async function addModel(library: Library, folder: string) {
	const file = join(folder, 'homeroom-test-model.gguf');
	const known = library.list().find(({ path }) => path === file);
	if (known) return known;
	await writeTestModel(file);
	const { models } = await library.importPath('ann', file, 'inPlace');
	if (!models[0]) throw new Error('the model was not taken in');
	return models[0];
}

/** The texts that ship, cut to a size that tests have time for. */
function shortenTexts(resources: string, folder: string): string {
	mkdirSync(join(folder, 'finetune'), { recursive: true });
	const copy = (name: string, change: (text: string) => string) =>
		writeFileSync(join(folder, 'finetune', name), change(readFileSync(join(resources, 'finetune', name), 'utf8')));
	for (const language of ['en', 'zh']) copy(`general.${language}.txt`, (text) => text.slice(0, 300));
	copy('safety.json', (text) => JSON.stringify(JSON.parse(text).slice(0, 6)));
	return folder;
}

export type FinetuneStage = Awaited<ReturnType<typeof openFinetuneStage>>;

/** A dataset of so many examples, all of one kind, and the id of its version. */
export async function makeVersion({ finetune }: FinetuneStage, ownerId: string, examples = 12): Promise<string> {
	const lines = Array.from({ length: examples }, (_, i) => JSON.stringify({ prompt: `What is number ${i + 1}?`, completion: `It is the number ${i + 1}.` }));
	const source = { from: 'file', file: { text: lines.join('\n') } } as const;
	const { versions } = await finetune.datasets.create(ownerId, 'Numbers', source);
	return versions[0]?.id ?? '';
}

/** An order for a short run; `settings` are put in place of those for tests. */
export function orderOf({ model }: FinetuneStage, versionId: string, settings: Partial<RunSettings> = {}): RunOrder {
	const short = { rank: 2, alpha: 4, epochs: 2, rowsPerStep: 2, rowTokens: 128, packing: false, evaluateEverySteps: 3, patience: null, threads: 1 };
	return {
		...{ title: 'Numbers', modelId: model.id, versionId, intent: 'basic', task: 'text' },
		settings: { ...settingsOfIntent('basic'), ...short, learningRate: 0.01, ...settings },
	};
}

/** Follows Ann's run until its job is in one of `states`, or `isThere`; what was seen of it on the way is told with it. */
export async function reach({ finetune }: FinetuneStage, runId: string, ...until: (JobState | ((run: Run) => boolean))[]) {
	const points = new Map<number, RunPoint>();
	const lines: RunLine[] = [];
	for await (const { run, ...seen } of finetune.runs.watch('ann', runId, { step: -1, line: 0 })) {
		for (const point of seen.points) points.set(point.step, point);
		lines.push(...seen.lines);
		const isThere = until.some((each) => (typeof each === 'string' ? run.job.state === each : each(run)));
		if (isThere) return { run, points: [...points.values()].sort((a, b) => a.step - b.step), lines };
		if (run.job.state === 'failed') throw new Error(`the run failed: ${JSON.stringify(run.job.failure)}`);
	}
	throw new Error('the watch ended');
}

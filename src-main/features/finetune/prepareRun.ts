import { mkdir, rm } from 'node:fs/promises';
import { failure } from '#contract/errors.ts';
import { walkExamples } from './datasetRows.ts';
import { encodeExamples, encodeGeneralText, rowTokensFor } from './encodeExamples.ts';
import { refuseTooLong } from './refuseTooLong.ts';
import { ofComparisons } from './runRows.ts';
import { runComparison } from './schema.ts';
import { chooseHeldOut } from './splitExamples.ts';
import { type RunAtWork, type TrainingTools, tellProgress } from './trainingTools.ts';

/** So many held-out examples are answered before and after. */
const mostCompared = 20;

/**
 * Makes a run ready to be trained: its examples are split by its seed and written as tokens of its model, and the held-out ones that will
 * be compared are kept. What is written is whole when the run's stage becomes `training`, or is made anew.
 *
 * Throws DATASET_INVALID where the version has no example, EXAMPLES_TOO_LONG where none fits into a row, and what encoding throws.
 */
export async function prepareRun(tools: TrainingTools, at: RunAtWork): Promise<void> {
	const { job, row, recorder, model } = at;
	const { ownerId, signal } = job;
	const files = tools.folders.ofRun(row.id);
	await rm(files.folder, { recursive: true, force: true });
	await mkdir(files.folder, { recursive: true, mode: 0o700 });
	const { learning, heldOut } = await splitVersion(tools, row);
	const rowTokens = Math.min(row.settings.rowTokens, model.contextTokens ?? row.settings.rowTokens);
	const order = { ownerId, modelId: row.modelId, rowTokens };
	const total = learning.length + heldOut.length;
	const lists = [
		{ chats: learning.map(({ turns }) => turns), file: files.training },
		{ chats: heldOut.map(({ turns }) => turns), file: files.validation },
	];
	const tell = (done: number) => tellProgress(job, 'preparing', done / total);
	const [training, validation] = await encodeExamples(tools.engine, { ...order, lists }, signal, tell);
	if (!training || !validation) throw new Error('a list of examples was not encoded');
	const learnt = training.written.filter(Boolean).length;
	refuseTooLong(training, rowTokens, row.settings.rowTokens);
	const settings = { ...row.settings, rowTokens: rowTokensFor(Math.max(training.longest, validation.longest), rowTokens) };
	await encodeGeneralText(tools.engine, { ...order, textFolder: tools.textFolder, file: files.general, rowTokens: settings.rowTokens }, signal);
	const kept = heldOut.filter((_, i) => validation.written[i]);
	const leftOut = total - learnt - kept.length;
	recorder.line('prepared', { examples: learnt, heldOut: kept.length });
	if (leftOut > 0) recorder.line('leftOut', { examples: leftOut, rowTokens });
	if (settings.rowTokens < row.settings.rowTokens) recorder.line('lowered', { from: row.settings.rowTokens, to: settings.rowTokens });
	recorder.set({ stage: 'training', settings });
	const compared = kept.slice(0, mostCompared).map(({ position, turns }) => ({ runId: row.id, position, turns, expected: turns.at(-1)?.content ?? '' }));
	recorder.flush((tx) => {
		tx.delete(runComparison).where(ofComparisons(ownerId, row.id)).run();
		if (compared.length > 0) tx.insert(runComparison).values(compared).run();
	});
}

/** The examples of a run's version with their positions: those to learn from, and those that are held out. */
export async function splitVersion(
	{ db }: Pick<TrainingTools, 'db'>,
	{ ownerId, versionId, settings }: { ownerId: string; versionId: string; settings: { validationFraction: number; seed: number } },
) {
	const examples = await Array.fromAsync(walkExamples(db, ownerId, versionId));
	if (examples.length === 0) throw failure('DATASET_INVALID', { row: null, field: null, reason: 'noExamples' });
	const held = new Set(chooseHeldOut(examples.length, settings.validationFraction, settings.seed));
	return {
		learning: examples.filter(({ position }) => !held.has(position)),
		heldOut: examples.filter(({ position }) => held.has(position)),
	};
}

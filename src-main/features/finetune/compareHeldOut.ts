import { eq } from 'drizzle-orm';
import { isFailure } from '#contract/errors.ts';
import type { RunOutcome } from '#contract/finetune.ts';
import { answerTurns } from './answerTurns.ts';
import { type ComparisonRow, ofComparisons, readComparisons } from './runRows.ts';
import { runComparison } from './schema.ts';
import { scoreAnswer, summarizeScores } from './scoreAnswer.ts';
import { type RunAtWork, type TrainingTools, tellProgress } from './trainingTools.ts';

type Side = 'before' | 'after';
const sides: Side[] = ['before', 'after'];

const mostAnswerTokens = 600;
/** A whole grade, with the longest feedback that its form allows; the score comes last. */
const gradeTokens = 1536;

/**
 * Lets the model answer a run's held-out examples without and with the adapter, and scores the answers by the run's task.
 *
 * Each answer is stored as it comes, so that a run that is taken up again goes on with those that are missing. Examples that the model
 * has no room for are left out. Where the job is told to stop it ends early; the stage is then still `comparing`.
 */
export async function compareHeldOut(tools: TrainingTools, at: RunAtWork): Promise<void> {
	const { job, row, recorder } = at;
	const { ownerId, signal } = job;
	const rows = () => readComparisons(tools.db, ownerId, row.id);
	const total = rows().length * sides.length;
	if (total > 0) {
		recorder.line('comparing', { examples: total / sides.length });
		await tools.engine.ensureRunning(ownerId, row.modelId, signal);
	}
	for (const side of sides)
		for (const comparison of rows().filter((each) => each[side] === null)) {
			await answerOne(tools, at, comparison, side);
			if (signal.aborted) return;
			const answered = rows().reduce((count, each) => count + sides.filter((one) => each[one] !== null).length, 0);
			tellProgress(job, 'comparing', answered / total);
		}
	const scored = (side: Side) =>
		summarizeScores(
			row.task,
			rows().map((each) => scoreAnswer(row.task, each.expected, each[side] ?? '')),
		);
	if (row.outcome === null) throw new Error(`the run ${row.id} has no outcome yet`);
	const outcome: RunOutcome = { ...row.outcome, before: scored('before'), after: scored('after') };
	recorder.set({ outcome, stage: 'checking' });
	recorder.flush((tx) => tools.adapters.noteOutcome(tx, ownerId, row.adapterId, outcome));
}

async function answerOne(tools: TrainingTools, { job, row, recorder }: RunAtWork, { position, turns, expected }: ComparisonRow, side: Side): Promise<void> {
	const isIt = ofComparisons(job.ownerId, row.id, eq(runComparison.position, position));
	const { gradeForm } = tools;
	const isGrade = row.task === 'marks' && gradeForm.reads(expected);
	// About as long as what is expected: a token is a byte at least, and less than a character of Chinese in many vocabularies.
	const form = isGrade ? { maxTokens: gradeTokens, jsonSchema: gradeForm.schema } : { maxTokens: Math.min(mostAnswerTokens, Buffer.byteLength(expected) + 32) };
	const adapterFile = side === 'after' ? tools.adapters.fileOf(job.ownerId, row.adapterId) : null;
	try {
		const order = { ownerId: job.ownerId, modelId: row.modelId, turns: turns.slice(0, -1), adapterFile, ...form };
		const answer = await answerTurns(tools.engine, order, job.signal);
		if (answer === null) return;
		const { score } = scoreAnswer(row.task, expected, answer);
		const fields = side === 'before' ? { before: answer, scoreBefore: score } : { after: answer, scoreAfter: score };
		recorder.flush((tx) => tx.update(runComparison).set(fields).where(isIt).run());
	} catch (error) {
		if (!isFailure(error, 'PROMPT_TOO_LONG')) throw error;
		recorder.flush((tx) => tx.delete(runComparison).where(isIt).run());
	}
}

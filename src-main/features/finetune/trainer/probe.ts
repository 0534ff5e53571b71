import { openTrainer } from './openTrainer.ts';
import { planRows } from './planRows.ts';
import type { Row } from './Row.ts';
import { readBase } from './readBase.ts';
import { readRows } from './readRows.ts';
import type { Trainer } from './Trainer.ts';
import { TrainerRefusal } from './TrainerRefusal.ts';
import { TrainingRun } from './TrainingRun.ts';
import { runSettingsOf, type Workplace } from './train.ts';
import type { ProbeOrder } from './trainerContract.ts';

/** A step of more rows is counted up from so many. */
const mostRows = 4;

/** Takes two steps of the longest rows and measures once, to tell what a training takes. Nothing is written. */
export async function probe(order: ProbeOrder, { pulse, say, ...machinery }: Workplace): Promise<void> {
	const base = readBase(order.modelPath);
	const { examples, validation, general, mostTokens } = await readRows(order, base.shape.vocabulary);
	const rows = planRows(examples, 0, { mostTokens: order.settings.rowTokens, packing: order.settings.packing, seed: order.settings.seed });
	if (rows.length === 0) throw new TrainerRefusal('badInput', 'There is nothing to learn in these examples.');
	const reports = { onProgress: (fraction: number) => pulse.at('loading', fraction), onWork: () => pulse.beat() };
	const { trainer, peakBytes, cardBytes: vramBytes, device, onProcessor } = openTrainer(machinery, base, order, mostTokens, reports);
	try {
		const run = new TrainingRun(trainer, examples, runSettingsOf(order));
		const longest = rows.toSorted((a, b) => b.tokens.length - a.tokens.length).slice(0, Math.min(order.settings.rowsPerStep, mostRows));
		const tokens = tokensOf(longest);
		let tookMs = 0;
		for (const step of [0, 1]) {
			pulse.at('stepping', step / 2);
			const startedAt = performance.now();
			trainer.adapter.clearGradients();
			const loss = trainer.accumulate(longest);
			// A rate of zero: the figures are what is wanted.
			run.optimizer.step(0, 1 / loss.tokens);
			trainer.adapter.upload();
			// Of the two the second: in the first, what is kept is still being made.
			tookMs = performance.now() - startedAt;
		}
		const measured = [...validation, ...general];
		const evaluationMs = (tokensOf(measured) * timeEvaluation(trainer, measured)) / Math.max(1, tokensOf(measured.slice(0, trainer.rowsAtOnce)));
		// Before the first step, and after the last one even where that is out of turn.
		const evaluations = 1 + Math.ceil(run.totalSteps / order.settings.evaluateEverySteps);
		const tokensPerStep = (tokensOf(rows) / rows.length) * Math.min(order.settings.rowsPerStep, rows.length);
		const tokensPerSecond = (tokens * 1000) / tookMs;
		const stepMs = (tokensPerStep * 1000) / tokensPerSecond;
		const took = { stepMs, evaluationMs, evaluations, tokensPerSecond, totalSteps: run.totalSteps };
		say({ type: 'probed', ...took, peakBytes, vramBytes, device, onProcessor });
	} finally {
		trainer.close();
	}
}

function tokensOf(rows: readonly Row[]): number {
	return rows.reduce((sum, row) => sum + row.tokens.length, 0);
}

/** The milliseconds that the first of these rows take to be measured, as many as go through the model at once. */
function timeEvaluation(trainer: Trainer, rows: readonly Row[]): number {
	const startedAt = performance.now();
	trainer.evaluate(rows.slice(0, trainer.rowsAtOnce));
	return performance.now() - startedAt;
}

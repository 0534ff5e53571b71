import { AdamW, usualAdamW } from '../src-main/features/finetune/trainer/AdamW.ts';
import { targets } from '../src-main/features/finetune/trainer/Adapter.ts';
import { findLibraries } from '../src-main/features/finetune/trainer/findLibraries.ts';
import { openGgml } from '../src-main/features/finetune/trainer/ggml.ts';
import { makeRow } from '../src-main/features/finetune/trainer/Row.ts';
import { readBase } from '../src-main/features/finetune/trainer/readBase.ts';
import { Trainer } from '../src-main/features/finetune/trainer/Trainer.ts';

// The trainer's side of the bench: a process of its own, so that its peak memory is its own. It is told to take a step over the
// channel of a child process and answers with how long that took.

/** How the model is trained. */
export interface TrainOrder {
	modelPath: string;
	threads: number;
	rowTokens: number;
	rowsPerStep: number;
	rowsAtOnce: number;
	/** The most memory that the process may take. */
	mostBytes: number;
}

/** One step: what all threads worked for it, and the most memory the process has held so far. */
export interface TrainStep {
	workedMs: number;
	peakBytes: number;
	loss: number;
}

const order: TrainOrder = JSON.parse(process.argv[2] ?? '');
const trainer = new Trainer(openGgml(await findLibraries()), readBase(order.modelPath), {
	adapter: { rank: 8, alpha: 16, targets, seed: 1 },
	threads: order.threads,
	mostTokens: order.rowTokens,
	rowsAtOnce: order.rowsAtOnce,
});
const optimizer = new AdamW(trainer.adapter.parameters, usualAdamW);
let made = 0;

/** A row as a chat gives it: the second half is the answer that is learnt. */
function makeChat() {
	made++;
	const tokens = Array.from({ length: order.rowTokens }, (_, i) => (made * 7919 + i * i * 31 + i * 101) % Math.min(30_000, trainer.base.shape.vocabulary));
	return makeRow([{ tokens, learnt: tokens.map((_, i) => i >= order.rowTokens / 2) }]);
}

const peakBytes = () => process.resourceUsage().maxRSS * 1024;
// As a run begins: what the first rows take is known then, and what is left buys time.
trainer.accumulate(Array.from({ length: order.rowsPerStep }, makeChat));
trainer.spend(order.mostBytes - peakBytes() - 2 ** 24);

process.on('message', () => {
	const from = process.cpuUsage();
	trainer.adapter.clearGradients();
	const loss = trainer.accumulate(Array.from({ length: order.rowsPerStep }, makeChat));
	optimizer.step(1e-4, 1 / loss.tokens);
	trainer.adapter.upload();
	const worked = process.cpuUsage(from);
	const step: TrainStep = { workedMs: (worked.user + worked.system) / 1000, peakBytes: peakBytes(), loss: loss.sum / loss.tokens };
	process.send?.(step);
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');

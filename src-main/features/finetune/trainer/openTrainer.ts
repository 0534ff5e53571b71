import type { Ggml } from './ggml.ts';
import { memoryNeeded } from './memoryNeeded.ts';
import { makeRow } from './Row.ts';
import type { Base } from './readBase.ts';
import { Trainer } from './Trainer.ts';
import { TrainerRefusal } from './TrainerRefusal.ts';
import type { TrainOrder } from './trainerContract.ts';

/** What of an order decides how a model is opened for training. */
export type TrainerWishes = Pick<TrainOrder, 'settings' | 'threads' | 'mostBytes'>;

/** More rows at once spare too little for what they take. */
const mostRowsAtOnce = 8;
/** Of the memory that may be taken, left to what was not thought of. */
const reserveBytes = 48 * 2 ** 20;

/**
 * Loads a model for training with as many rows at a time as its memory allows, or refuses (`outOfMemory`) before anything is loaded
 * where even one is too much.
 */
export function openTrainer(
	ggml: Ggml,
	base: Base,
	{ settings, threads, mostBytes }: TrainerWishes,
	mostTokens: number,
	reports: { onProgress(fraction: number): void; onWork(): void },
): Trainer {
	const { rank, alpha, targets, seed, rowsPerStep } = settings;
	const memory = memoryNeeded(base, { rank, targets, mostTokens });
	const left = mostBytes - memory.needed;
	if (left < 0)
		throw new TrainerRefusal('outOfMemory', `This training needs about ${memory.needed} bytes of memory and may take ${mostBytes}.`, {
			neededBytes: memory.needed,
		});
	// Where all transposes can be kept, memory buys more time in kept products than in rows that share a transpose.
	const shared = left > memory.transposes ? 1 : 1 + Math.floor(left / 2 / memory.eachRow);
	const rowsAtOnce = Math.max(1, Math.min(rowsPerStep, mostRowsAtOnce, shared));
	return new Trainer(ggml, base, { adapter: { rank, alpha, targets, seed }, threads, mostTokens, rowsAtOnce, ...reports });
}

/**
 * Goes through the model once with rows as long as any will be, so that it is known what a step takes; what is left of the memory then
 * buys time. Returns what was taken before that. Nothing is learnt.
 */
export function warmUp(trainer: Trainer, mostTokens: number, mostBytes: number): { peakBytes: number } {
	const tokens = Array.from({ length: mostTokens }, (_, i) => i % trainer.base.shape.vocabulary);
	const row = makeRow([{ tokens, learnt: tokens.map(() => true) }]);
	trainer.accumulate(Array.from({ length: trainer.rowsAtOnce }, () => row));
	trainer.adapter.clearGradients();
	const peakBytes = mostHeldBytes();
	trainer.spend(mostBytes - peakBytes - reserveBytes);
	return { peakBytes };
}

/** The most memory that this process has held so far. */
function mostHeldBytes(): number {
	return process.resourceUsage().maxRSS * 1024;
}

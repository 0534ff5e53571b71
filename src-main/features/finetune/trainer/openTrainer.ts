import type { Card } from './findCard.ts';
import type { Ggml } from './ggml.ts';
import { type MemoryNeeded, memoryNeeded } from './memoryNeeded.ts';
import { makeRow } from './Row.ts';
import type { Base } from './readBase.ts';
import { Trainer } from './Trainer.ts';
import { TrainerRefusal } from './TrainerRefusal.ts';
import type { OnProcessor, TrainOrder } from './trainerContract.ts';

/** What of an order decides how a model is opened for training. */
export type TrainerWishes = Pick<TrainOrder, 'settings' | 'threads' | 'mostBytes'>;

/** What there is to compute with. */
export interface Machinery {
	ggml: Ggml;
	/** A graphics card; null: none was found; 'unwanted': none was looked for. */
	card: Card | null | 'unwanted';
}

/** A trainer that has gone through its longest rows once. */
export interface OpenedTrainer {
	trainer: Trainer;
	/** What computes. */
	device: string;
	/** Why the processor computes where a card was wanted. */
	onProcessor: OnProcessor | null;
	/** The most that the process, and of the card's memory, was taken without what only buys speed. */
	peakBytes: number;
	cardBytes: number | null;
}

interface Reports {
	onProgress(fraction: number): void;
	onWork(): void;
}

/** More rows at once spare too little for what they take. */
const mostRowsAtOnce = 8;
/** Of the memory that may be taken, left to what was not thought of. */
const reserveBytes = 48 * 2 ** 20;
/** Of a card's free memory, left to its back end and to the screen. */
const cardReserveBytes = 256 * 2 ** 20;

/**
 * Loads a model for training with as many rows at a time as memory allows, and goes through it once with rows as long as any will be, so
 * that it is known what a step takes; what is left of the memory then buys time. Nothing is learnt.
 *
 * On the card where there is one; where that is too small, or fails, on the processor. Refuses (`outOfMemory`) before anything is loaded
 * where one row is too much for that.
 */
export function openTrainer({ ggml, card }: Machinery, base: Base, wishes: TrainerWishes, mostTokens: number, reports: Reports): OpenedTrainer {
	const { rank, targets } = wishes.settings;
	const opening = { ggml, base, wishes, mostTokens, reports, memory: memoryNeeded(base, { rank, targets, mostTokens }) };
	if (card === 'unwanted') return openOnProcessor(opening, null);
	if (card === null) return openOnProcessor(opening, 'noCard');
	if (card.freeBytes - cardReserveBytes < opening.memory.onCard.needed) return openOnProcessor(opening, 'cardTooSmall');
	try {
		return openOnCard(opening, card);
	} catch (error) {
		if (error instanceof TrainerRefusal && error.kind !== 'outOfMemory') throw error;
		console.error('the graphics card failed:', error);
		return openOnProcessor(opening, error instanceof TrainerRefusal ? 'cardTooSmall' : 'cardFailed');
	}
}

interface Opening {
	ggml: Ggml;
	base: Base;
	wishes: TrainerWishes;
	mostTokens: number;
	reports: Reports;
	memory: MemoryNeeded;
}

function openOnProcessor(opening: Opening, onProcessor: OnProcessor | null): OpenedTrainer {
	const { memory, wishes, ggml } = opening;
	const left = wishes.mostBytes - memory.needed;
	refuseMemory(memory.needed, wishes.mostBytes);
	return warmed(opening, null, left, (trainer, takeStep) => {
		takeStep();
		const peakBytes = mostHeldBytes();
		trainer.spend(wishes.mostBytes - peakBytes - reserveBytes);
		return { device: ggml.backend_dev_description(trainer.device), onProcessor, peakBytes, cardBytes: null };
	});
}

function openOnCard(opening: Opening, card: Card): OpenedTrainer {
	const { memory, wishes } = opening;
	const freeBytes = card.freeBytes - cardReserveBytes;
	refuseMemory(memory.onCard.beside, wishes.mostBytes);
	return warmed(opening, card, freeBytes - memory.onCard.needed, (trainer, takeStep) => {
		takeStep();
		const [peakBytes, cardBytes] = [mostHeldBytes(), trainer.memory.cardBytes ?? 0];
		// To turn a matrix at each step takes a card longer than to compute with it.
		trainer.spend(freeBytes - cardBytes, memory.transposes);
		// What is kept is made now: a card that has not so much tells so here, and not in the midst of a run.
		takeStep();
		return { device: card.name, onProcessor: null, peakBytes, cardBytes };
	});
}

/** Opens a trainer with as many rows at once as `left` bytes allow; it is closed again where `warmUp` fails. */
function warmed(
	{ ggml, base, wishes, mostTokens, reports, memory }: Opening,
	card: Card | null,
	left: number,
	warmUp: (trainer: Trainer, takeStep: () => void) => Omit<OpenedTrainer, 'trainer'>,
): OpenedTrainer {
	const { rank, alpha, targets, seed, rowsPerStep } = wishes.settings;
	// Where all transposes can be kept, memory buys more time in kept products than in rows that share a transpose.
	const shared = left > memory.transposes ? 1 : 1 + Math.floor(left / 2 / memory.eachRow);
	const rowsAtOnce = Math.max(1, Math.min(rowsPerStep, mostRowsAtOnce, shared));
	const adapter = { rank, alpha, targets, seed };
	const trainer = new Trainer(ggml, base, { adapter, threads: wishes.threads, mostTokens, rowsAtOnce, card: card?.device ?? null, ...reports });
	try {
		const tokens = Array.from({ length: mostTokens }, (_, i) => i % base.shape.vocabulary);
		const row = makeRow([{ tokens, learnt: tokens.map(() => true) }]);
		const rows = Array.from({ length: rowsAtOnce }, () => row);
		const takeStep = () => {
			trainer.accumulate(rows);
			trainer.adapter.clearGradients();
		};
		return { trainer, ...warmUp(trainer, takeStep) };
	} catch (error) {
		trainer.close();
		throw error;
	}
}

function refuseMemory(neededBytes: number, mostBytes: number): void {
	if (neededBytes > mostBytes)
		throw new TrainerRefusal('outOfMemory', `This training needs about ${neededBytes} bytes of memory and may take ${mostBytes}.`, { neededBytes });
}

/** The most memory that this process has held so far. */
function mostHeldBytes(): number {
	return process.resourceUsage().maxRSS * 1024;
}

import { RandomStream } from './RandomStream.ts';
import { type Example, makeRow, type Row } from './Row.ts';
import { TrainerRefusal } from './TrainerRefusal.ts';

export interface RowPlan {
	/** Tokens of the longest row. */
	mostTokens: number;
	/** Whether several short examples share a row. */
	packing: boolean;
	seed: number;
}

/**
 * The rows of one epoch, in the order they are trained in. The same examples, plan and epoch give the same rows on every machine,
 * so that a run that goes on needs to know no more than how many it has done.
 *
 * Examples without anything to learn are left out. One that is longer than a row is refused with its number, from 1: cutting it would
 * teach the model to stop in the middle.
 */
export function planRows(examples: readonly Example[], epoch: number, { mostTokens, packing, seed }: RowPlan): Row[] {
	const tooLong = examples.findIndex(({ tokens }) => tokens.length > mostTokens);
	if (tooLong !== -1)
		throw new TrainerRefusal(
			'badInput',
			`Example ${tooLong + 1} has ${examples[tooLong]?.tokens.length} tokens, more than the ${mostTokens} that a row may have.`,
		);
	const teaching = shuffled(
		examples.filter(({ learnt }) => learnt.includes(true, 1)),
		new RandomStream(Math.imul(seed, 0x9e3779b1) + epoch),
	);
	if (!packing) return teaching.map((example) => makeRow([example]));
	const rows: { examples: Example[]; tokens: number }[] = [];
	for (const example of teaching) {
		// Looking back over a few open rows fills them nearly as well as over all.
		const room = rows.slice(-openRows).find(({ tokens }) => tokens + example.tokens.length <= mostTokens);
		if (room) {
			room.examples.push(example);
			room.tokens += example.tokens.length;
		} else rows.push({ examples: [example], tokens: example.tokens.length });
	}
	return rows.map((row) => makeRow(row.examples));
}

const openRows = 16;

/** Fisher and Yates. */
function shuffled<T>(items: readonly T[], random: RandomStream): T[] {
	const order = [...items];
	for (let last = order.length - 1; last > 0; last--) {
		const other = random.below(last + 1);
		// Both are within the list.
		[order[last], order[other]] = [order[other] as T, order[last] as T];
	}
	return order;
}

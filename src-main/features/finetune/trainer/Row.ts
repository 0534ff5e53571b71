import { TrainerRefusal } from './TrainerRefusal.ts';

/** Tokens that are trained on together: one example, or several packed one after another that do not see each other. */
export interface Row {
	tokens: Int32Array;
	/** Each token's place within its example, from 0. */
	positions: Int32Array;
	/** Which example a token belongs to; -1 is filling that nothing looks at. */
	examples: Int32Array;
	/** What each token should be followed by; -1 where nothing is to be learnt. */
	goals: Int32Array;
}

/** One chat turned into tokens. `learnt[i]` says whether token i is one the model should learn to say. */
export interface Example {
	tokens: readonly number[];
	learnt: readonly boolean[];
}

/** Rows are filled up to a multiple of this, with which products are computed fastest. */
export const rowStep = 16;

/** Lays examples one after another into a row. The caller sees to it that they fit into the longest row it allows. */
export function makeRow(examples: readonly Example[]): Row {
	const used = examples.reduce((sum, { tokens }) => sum + tokens.length, 0);
	if (used === 0) throw new TrainerRefusal('badInput', 'A row of examples has no tokens.');
	const length = Math.ceil(used / rowStep) * rowStep;
	const row: Row = {
		tokens: new Int32Array(length),
		positions: new Int32Array(length),
		examples: new Int32Array(length).fill(-1),
		goals: new Int32Array(length).fill(-1),
	};
	let at = 0;
	for (const [number, { tokens, learnt }] of examples.entries()) {
		for (const [i, token] of tokens.entries()) {
			row.tokens[at + i] = token;
			row.positions[at + i] = i;
			row.examples[at + i] = number;
			if (learnt[i + 1]) row.goals[at + i] = tokens[i + 1] ?? -1;
		}
		at += tokens.length;
	}
	return row;
}

/** Queries that are computed together: those of the tokens `from` up to `to`, which see nothing beyond `to`. */
export interface QueryBlock {
	from: number;
	to: number;
}

const mostBlocks = 8;
/** Shorter blocks cost more than they spare. */
const shortestBlock = 32;

/** Cuts a row into blocks of queries, as even as whole steps allow. */
export function queryBlocks(tokens: number): QueryBlock[] {
	const count = Math.max(1, Math.min(mostBlocks, Math.floor(tokens / shortestBlock)));
	const edge = (block: number) => (block === count ? tokens : Math.round((tokens * block) / count / rowStep) * rowStep);
	return Array.from({ length: count }, (_, block) => ({ from: edge(block), to: edge(block + 1) }));
}

/**
 * Who may look at whom, block after block: 0 where a token of the block sees one before its end, -∞ elsewhere. Tokens see themselves
 * and what came before them in their own example, with a window no further back than so many tokens, themselves included.
 */
export function makeMask({ examples, positions }: Row, blocks: readonly QueryBlock[], window: number | null): Float32Array {
	const mask = new Float32Array(blocks.reduce((sum, { from, to }) => sum + (to - from) * to, 0)).fill(-Infinity);
	let row = 0;
	for (const { from, to } of blocks)
		for (let q = from; q < to; q++, row += to) {
			// Filling sees itself, or softmax would have nothing to share out.
			mask[row + q] = 0;
			for (let k = q - 1; k >= 0 && examples[q] !== -1 && examples[k] === examples[q]; k--) {
				if (window !== null && (positions[q] ?? 0) - (positions[k] ?? 0) >= window) break;
				mask[row + k] = 0;
			}
		}
	return mask;
}

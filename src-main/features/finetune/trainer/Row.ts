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

/**
 * Who may look at whom: 0 where token `q` (the row) sees token `k` (the column), -∞ elsewhere. Tokens see themselves and what came
 * before them in their own example, with a window no further back than so many tokens, themselves included.
 */
export function makeMask({ examples, positions }: Row, window: number | null): Float32Array {
	const count = examples.length;
	const mask = new Float32Array(count * count).fill(-Infinity);
	for (let q = 0; q < count; q++) {
		// Filling sees itself, or softmax would have nothing to share out.
		mask[q * count + q] = 0;
		for (let k = q - 1; k >= 0 && examples[q] !== -1 && examples[k] === examples[q]; k--) {
			if (window !== null && (positions[q] ?? 0) - (positions[k] ?? 0) >= window) break;
			mask[q * count + k] = 0;
		}
	}
	return mask;
}

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ExampleTurn } from '#contract/finetune.ts';
import { onDiskOf } from '../../platform/disk/onDiskOf.ts';
import type { Engine } from '../engine/engine.ts';
import { writeExamples } from './trainer/exampleFile.ts';
import { type Example, rowStep } from './trainer/Row.ts';

/** What turns examples into tokens of a model. */
export type Encoder = Pick<Engine, 'encodeChats' | 'encodeText'>;

/** So many tokens of general text are measured with: enough to tell, and no more than a few steps' work. */
const mostGeneralTokens = 4096;
const generalRowTokens = 256;
const languages = ['en', 'zh'];

/** What became of examples on their way into a file of tokens. */
export interface Encoded {
	/** Whether each of them was written, in their order: the others are longer than a row. */
	written: boolean[];
	/** Tokens of the longest that was written, 0 where there is none. */
	longest: number;
	/** Tokens of each, the left-out ones too. */
	lengths: number[];
}

/**
 * Turns lists of chats into tokens of a model, and writes those of each list that are no longer than `rowTokens` into a file for the
 * trainer. One process of the engine does it for all of them. `each` is told how many are done. Throws what `engine.encodeChats` does,
 * DISK_FULL and DISK_FAILED.
 */
export async function encodeExamples(
	encoder: Encoder,
	order: { ownerId: string; modelId: string; lists: { chats: ExampleTurn[][]; file: string }[]; rowTokens: number },
	signal: AbortSignal,
	each: (done: number) => void = () => {},
): Promise<Encoded[]> {
	const { ownerId, modelId, lists, rowTokens } = order;
	const chats = lists.flatMap((list) => list.chats);
	const examples = encoder.encodeChats(ownerId, modelId, chats, signal);
	const all: Encoded[] = [];
	let done = 0;
	async function* fitting(count: number, encoded: Encoded): AsyncGenerator<Example> {
		while (encoded.lengths.length < count) {
			const { value } = await examples.next();
			signal.throwIfAborted();
			if (!value) throw new Error(`${done} of ${chats.length} chats came back as tokens`);
			const { length } = value.tokens;
			const fits = length <= rowTokens;
			encoded.written.push(fits);
			encoded.lengths.push(length);
			done += 1;
			each(done);
			if (!fits) continue;
			encoded.longest = Math.max(encoded.longest, length);
			yield value;
		}
	}
	try {
		for (const list of lists) {
			const encoded: Encoded = { written: [], longest: 0, lengths: [] };
			await onDiskOf(dirname(list.file), () => writeExamples(list.file, fitting(list.chats.length, encoded)));
			all.push(encoded);
		}
	} finally {
		await examples.return();
	}
	return all;
}

/** Writes the general text that forgetting is measured with, its languages by turns, as rows of tokens, all of which count. */
export async function encodeGeneralText(
	encoder: Encoder,
	order: { ownerId: string; modelId: string; textFolder: string; file: string; rowTokens: number },
	signal: AbortSignal,
): Promise<void> {
	const texts = languages.map((language) => readFileSync(join(order.textFolder, `general.${language}.txt`), 'utf8').split('\n\n'));
	const longest = Math.max(...texts.map(({ length }) => length));
	const paragraphs = Array.from({ length: longest }, (_, i) => texts.flatMap((text) => text[i] ?? [])).flat();
	const tokens = (await encoder.encodeText(order.ownerId, order.modelId, paragraphs.join('\n\n'), signal)).slice(0, mostGeneralTokens);
	const rowTokens = Math.min(order.rowTokens, generalRowTokens);
	const rows = Array.from({ length: Math.ceil(tokens.length / rowTokens) }, (_, i): Example => {
		const row = tokens.slice(i * rowTokens, (i + 1) * rowTokens);
		return { tokens: row, learnt: row.map(() => true) };
	});
	await onDiskOf(dirname(order.file), () => writeExamples(order.file, rows));
}

/** The shortest row that takes examples of up to `longest` tokens, where it is shorter than `rowTokens`; a whole number of the trainer's steps, 32 at least. */
export function rowTokensFor(longest: number, rowTokens: number): number {
	return Math.min(rowTokens, Math.max(32, Math.ceil(longest / rowStep) * rowStep));
}

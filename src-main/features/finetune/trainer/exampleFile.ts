import { open, readFile } from 'node:fs/promises';
import type { Example } from './Row.ts';
import { TrainerRefusal } from './TrainerRefusal.ts';

/** A file of examples is 32-bit little-endian integers: this, for each example its length and its tokens (times two, plus one where learnt), and `end`. */
const mark = 0x4c455848;
const end = -1;
const batch = 1000;

/** Writes examples as tokens for a trainer's process, one after another, and tells how many there were. */
export async function writeExamples(file: string, examples: AsyncIterable<Example> | Iterable<Example>): Promise<number> {
	const handle = await open(file, 'w', 0o600);
	let count = 0;
	let waiting: number[] = [mark];
	const flush = async () => {
		await handle.writeFile(Int32Array.from(waiting));
		waiting = [];
	};
	try {
		for await (const { tokens, learnt } of examples) {
			waiting.push(tokens.length);
			for (const [i, token] of tokens.entries()) waiting.push(token * 2 + (learnt[i] ? 1 : 0));
			if (++count % batch === 0) await flush();
		}
		waiting.push(end);
		await flush();
	} finally {
		await handle.close();
	}
	return count;
}

/** Reads what `writeExamples` wrote; refuses (`badInput`) what it has not written, or not to its end, and tokens that a vocabulary of so many does not have. */
export async function readExamples(file: string, vocabulary = Infinity): Promise<Example[]> {
	const bytes = await readFile(file);
	if (bytes.length % 4 !== 0 || bytes.length < 4) throw new TrainerRefusal('badInput', 'The file of examples is cut off.');
	const numbers = new Int32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
	if (numbers[0] !== mark) throw new TrainerRefusal('badInput', 'The file of examples is none.');
	const examples: Example[] = [];
	for (let at = 1; ; ) {
		const length = numbers[at] ?? 0;
		if (length === end && at === numbers.length - 1) return examples;
		const coded = numbers.subarray(at + 1, at + 1 + length);
		if (at >= numbers.length || length < 0 || coded.length < length) throw new TrainerRefusal('badInput', 'The file of examples is cut off.');
		if (coded.some((code) => code < 0 || code >> 1 >= vocabulary))
			throw new TrainerRefusal('badInput', `Example ${examples.length + 1} has a token that the model does not have.`);
		examples.push({ tokens: Array.from(coded, (code) => code >> 1), learnt: Array.from(coded, (code) => (code & 1) === 1) });
		at += 1 + length;
	}
}

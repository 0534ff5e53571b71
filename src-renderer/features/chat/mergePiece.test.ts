import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Message } from '#contract/chat.ts';
import { type AnswerSoFar, mergePiece } from './mergePiece.ts';

test('a stream that is cut and asked for again at any place gives the text once and whole', () => {
	const streams = fc.record({ texts: fc.array(fc.string()), restarts: fc.array(fc.nat()) });
	fc.assert(
		fc.property(streams, ({ texts, restarts }) => {
			let answer: AnswerSoFar = { seq: 0, text: '' };
			const feed = (from: number, count: number) => {
				for (let seq = from; seq < from + count && seq <= texts.length; seq += 1) {
					const merged = mergePiece(answer, { type: 'text', seq, text: texts[seq - 1] ?? '' });
					if (merged.kind === 'grown') answer = merged.answer;
				}
			};
			// A reconnect may give pieces again that had come, and may break off anywhere.
			for (const restart of restarts) feed(Math.max(1, answer.seq + 1 - (restart % 4)), restart % 7);
			feed(1, texts.length);
			expect(answer).toEqual({ seq: texts.length, text: texts.join('') });
		}),
	);
});

test('tells a gap and leaves the text as it was', () => {
	expect(mergePiece({ seq: 2, text: 'ab' }, { type: 'text', seq: 4, text: 'd' })).toEqual({ kind: 'gap' });
});

test('takes the stored message at the end, whatever pieces came', () => {
	const message: Message = {
		id: 'a',
		conversationId: 'c',
		parentId: 'u',
		role: 'assistant',
		content: 'all of it',
		status: 'complete',
		modelName: 'm',
		usage: null,
		finish: 'stop',
		charged: null,
		failure: null,
		createdAt: 1,
	};
	expect(mergePiece({ seq: 1, text: 'all' }, { type: 'end', seq: 9, message })).toEqual({ kind: 'ended', message });
});

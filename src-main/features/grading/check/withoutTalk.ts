import { findTalk } from './findTalk.ts';

/** What a model is shown of an answer of which nothing is left. */
const nothing = '—';
const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' });

/**
 * An answer without the sentences in which it talks to the marker (findTalk.ts), so that a model can judge what is left of it; as it was where
 * there are none. A sentence goes as a whole: half of an order is still one.
 */
export function withoutTalk(answer: string): string {
	const found = findTalk(answer);
	if (found.length === 0) return answer;
	const kept = Array.from(sentences.segment(answer)).filter(
		({ index, segment }) => !found.some(({ start, end }) => start < index + segment.length && index < end),
	);
	const left = kept
		.map(({ segment }) => segment)
		.join('')
		.trim();
	return /[\p{L}\p{N}\p{S}]/u.test(left) ? left : nothing;
}

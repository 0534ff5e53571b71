import type { TextSpan } from './host/hostContract.ts';

/** Of a part of a text: its tokens, those that reach beyond its ends among them, and the sum of their natural log-probabilities. */
export type MeasuredPart = Pick<TextSpan, 'tokens' | 'logProbability'>;

/** Reads how likely parts of a text were to the model that wrote it, from the pieces of all of it. Places are UTF-16 units. */
export function measureSpans(spans: readonly TextSpan[]): (start: number, end: number) => MeasuredPart {
	let at = 0;
	const pieces = spans.map((span) => {
		at += span.characters;
		return { ...span, from: at - span.characters, to: at };
	});
	return (start, end) => {
		const own = pieces.filter(({ from, to }) => from < end && to > start);
		const total = (of: 'tokens' | 'logProbability') => own.reduce((sum, piece) => sum + piece[of], 0);
		return { tokens: total('tokens'), logProbability: total('logProbability') };
	};
}

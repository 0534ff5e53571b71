import { measureSpans, type TextSpan } from '../engine/engine.ts';

/** What a model decides in a grade: the level of each criterion, or the score. Within a text its quotation marks are escaped. */
const decisions = /"(?:level"\s*:\s*"((?:[^"\\]|\\.)+)"|score"\s*:\s*(\d+))/dg;

/**
 * How sure a model was of what it decided in a grade, from 0 to 1: the probability that it gave the decision of which it was least sure, all
 * tokens of it together, whatever the grammar left it. Null where the engine tells none.
 */
export function surenessOf({ text, spans }: { text: string; spans: readonly TextSpan[] }): number | null {
	const measure = measureSpans(spans);
	const measured = [...text.matchAll(decisions)].map(({ indices }) => measure(...(indices?.[1] ?? indices?.[2] ?? [0, 0]))).filter(({ tokens }) => tokens > 0);
	return measured.length === 0 ? null : Math.exp(Math.min(...measured.map(({ logProbability }) => logProbability)));
}

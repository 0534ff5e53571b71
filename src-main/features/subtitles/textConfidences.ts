import { measureSpans, type TextSpan } from '../engine/engine.ts';

const members = /"((?:[^"\\]|\\.)*)"\s*:\s*"((?:[^"\\]|\\.)*)"/dg;

/** An answer as it came, with how likely its pieces were to the model, in their order. */
export interface ModelAnswer {
	text: string;
	spans: readonly TextSpan[];
}

/**
 * How sure a model was of each text in an answer, by its key: the mean natural log-probability of the tokens that it is written with, those
 * that reach beyond its quotes among them. The answer must be a JSON object of texts; a text of which no tokens were told is left out.
 */
export function textConfidences({ text, spans }: ModelAnswer): Map<string, number> {
	const found = new Map<string, number>();
	const measure = measureSpans(spans);
	for (const { indices, 1: key = '' } of text.matchAll(members)) {
		const { tokens, logProbability } = measure(...(indices?.[2] ?? [0, 0]));
		if (tokens > 0) found.set(String(JSON.parse(`"${key}"`)), logProbability / tokens);
	}
	return found;
}

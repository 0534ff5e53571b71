import { failure } from '#contract/errors.ts';
import type { Encoded } from './encodeExamples.ts';

/**
 * Refuses a training none of whose examples fits into a row (EXAMPLES_TOO_LONG).
 *
 * @param learning what became of the examples to learn from; at least one.
 * @param rowTokens the longest row that was tried; shorter than `askedTokens` where the model takes in no more.
 */
export function refuseTooLong(learning: Pick<Encoded, 'written' | 'lengths'>, rowTokens: number, askedTokens: number): void {
	if (learning.written.some(Boolean)) return;
	const { lengths } = learning;
	const [shortest, longest] = [Math.min, Math.max].map((most) => lengths.reduce((a, b) => most(a, b)));
	throw failure('EXAMPLES_TOO_LONG', {
		reason: rowTokens < askedTokens ? 'model' : 'row',
		...{ examples: lengths.length, rowTokens, shortestTokens: shortest ?? 0, longestTokens: longest ?? 0 },
	});
}

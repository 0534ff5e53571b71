import { createHash } from 'node:crypto';
import type { QuestionFields } from '#contract/grading.ts';

/**
 * A digest of all of a question that a proposal rests on: its words, its key, its check and the words of its rubric.
 *
 * Points are not among it: what they come to is added up anew wherever a proposal is shown.
 */
export function basisOf({ text, key, check, rubric }: Pick<QuestionFields, 'text' | 'key' | 'check' | 'rubric'>): string {
	const criteria = rubric.map(({ id, kind, name, description, byCheck, levels }) => {
		return [id, kind, name, description, byCheck, levels.map((level) => [level.id, level.name, level.description])];
	});
	return createHash('sha256')
		.update(JSON.stringify([text, key, check, criteria]))
		.digest('hex');
}

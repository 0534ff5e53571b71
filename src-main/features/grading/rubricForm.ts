import type { Criterion, Level } from '#contract/rubric.ts';

/** Which way round the levels of a criterion are told to the model; a second look takes the other one. */
export type RubricOrder = 'asGiven' | 'reversed';

/** What stands for a quote where the answer has no words to quote. */
export const absent = 'absent';

/** The words by which a model names the levels of a criterion, each another one, in the order in which they are told. */
export function labelsOf({ levels }: Criterion, order: RubricOrder): { label: string; level: Level }[] {
	const taken = new Set<string>();
	const labelled = levels.map((level) => {
		let label = level.name;
		for (let at = 2; taken.has(label); at++) label = `${level.name} (${at})`;
		taken.add(label);
		return { label, level };
	});
	return order === 'asGiven' ? labelled : labelled.reverse();
}

import type { FoundQuestion } from '#contract/grading.ts';
import { isUntouched, newQuestion, type QuestionDraft, unheaded } from './questionDraft.ts';

export interface Questions {
	/** In the order of the mapping; at least one. */
	questions: QuestionDraft[];
	/** Written for columns that are not used now; they come back with their column. */
	putAway: QuestionDraft[];
}

/**
 * The questions that follow from a mapping, with what was written for each kept.
 *
 * Where no column is one of before and there are as many, each takes the place of the one that stood there: the table was taken from elsewhere,
 * or the only question's column is another one. What was written before there was a table goes to the first. Where no column is known to hold
 * answers, no question of another table stays in view: what was written for the only one waits for a column, for several it is put away.
 */
export function followQuestions({ questions, putAway }: Questions, found: readonly FoundQuestion[]): Questions {
	if (found.length === 0) return withoutTable({ questions, putAway });
	const known = new Map([...putAway, ...questions].map((draft) => [draft.found.heading, draft]));
	const isOther = found.every(({ heading }) => !known.has(heading));
	const isExchanged = isOther && questions.length === found.length;
	const [first] = questions;
	const wasUnheaded = questions.length === 1 && first?.found === unheaded;
	const next = found.map((each, at) => {
		const before = known.get(each.heading) ?? (isExchanged || (wasUnheaded && at === 0) ? questions[at] : undefined);
		return before === undefined || isUntouched(before) ? newQuestion(each) : carryOver(before, each);
	});
	const headings = new Set(found.map(({ heading }) => heading));
	const left = isExchanged ? [] : questions.filter((draft) => draft.found !== unheaded && !headings.has(draft.found.heading) && !isUntouched(draft));
	return { questions: next, putAway: [...putAway.filter((draft) => !headings.has(draft.found.heading)), ...left] };
}

/** What was written stays; what was not is as the table brings it. */
function carryOver(before: QuestionDraft, found: FoundQuestion): QuestionDraft {
	const fresh = newQuestion(found);
	const points = before.points === newQuestion(before.found).points ? fresh.points : before.points;
	return { ...before, name: fresh.name, text: before.text || fresh.text, key: before.key || fresh.key, points, found };
}

function withoutTable({ questions, putAway }: Questions): Questions {
	const written = questions.filter((draft) => !isUntouched(draft));
	const [only, second] = written;
	if (only && !second) return { questions: [{ ...only, name: '', found: unheaded }], putAway };
	return { questions: [newQuestion(unheaded)], putAway: [...putAway, ...written] };
}

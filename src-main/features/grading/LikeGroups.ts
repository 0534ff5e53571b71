import type { AnswerGroup } from '#contract/agreement.ts';
import type { Answer } from '#contract/grading.ts';
import { groupEqual, groupLike } from './agreement/groupLike.ts';
import { normaliseAnswer } from './agreement/normaliseAnswer.ts';

/** With more different answers than these, or more characters in them, only equal ones are grouped: the one takes memory by their square, the other by itself. */
const mostDifferent = 1000;
const mostCharacters = 2_000_000;
/** And so where the characters of all would be gone through once for each of them more often than this: about a second. */
const mostCompared = 200_000_000;
const mostKept = 20;

export interface GroupedAnswers {
	/** Of two and more, the largest first. */
	groups: AnswerGroup[];
	onlyEqual: boolean;
}

/**
 * The like answers of questions that were asked for lately.
 *
 * What a student handed in does not change, so that answers are compared once; the same number of them are the same ones. By their characters:
 * what an embedding model would need to be called like is a guess for each such model (groupLike.ts), and most machines have none.
 */
export class LikeGroups {
	readonly #kept = new Map<string, GroupedAnswers & { answers: number }>();

	/** Groups the answers to a question that say something. */
	of(questionId: string, answers: readonly Pick<Answer, 'id' | 'text'>[]): GroupedAnswers {
		const kept = this.#kept.get(questionId);
		if (kept?.answers === answers.length) return kept;
		const made = { ...groupAnswers(answers.filter(({ text }) => text.trim() !== '')), answers: answers.length };
		this.#kept.delete(questionId);
		this.#kept.set(questionId, made);
		const [oldest] = this.#kept.keys();
		if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
		return made;
	}
}

function groupAnswers(answers: readonly Pick<Answer, 'id' | 'text'>[]): GroupedAnswers {
	const byText = Map.groupBy(answers, ({ text }) => normaliseAnswer(text));
	const characters = [...byText.keys()].reduce((sum, { length }) => sum + length, 0);
	const onlyEqual = byText.size > mostDifferent || characters > mostCharacters || characters * byText.size > mostCompared;
	const groups = onlyEqual ? groupEqual(answers) : groupLike(answers);
	const several = groups.filter(({ memberIds }) => memberIds.length > 1);
	return { groups: several.sort((a, b) => b.memberIds.length - a.memberIds.length), onlyEqual };
}

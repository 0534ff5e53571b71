import { eq } from 'drizzle-orm';
import type { AnswerGroup } from '#contract/agreement.ts';
import type { Answer } from '#contract/grading.ts';
import type { Db, Store, Tx } from '../../platform/database/openDatabase.ts';
import { ownedIn } from '../../platform/database/owned.ts';
import type { AnswerVectors } from './AnswerVectors.ts';
import { groupEqual, groupLike } from './agreement/groupLike.ts';
import { normaliseAnswer } from './agreement/normaliseAnswer.ts';
import { assignment, likeGroups } from './schema.ts';

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
	/** The model by whose vectors they were compared too; null: by their characters alone. */
	comparedBy: string | null;
}

/** A question of an owner's assignment. */
interface Place {
	ownerId: string;
	assignmentId: string;
	questionId: string;
}

type Handed = Pick<Answer, 'id' | 'text'>;

/**
 * The like answers of questions that were asked for lately.
 *
 * What a student handed in changes only where answers are added to a class, which forgets them, so that answers are compared once; the same number of them are the same ones. By their characters, until
 * a class is graded while a model is loaded whose vectors know more (AnswerVectors.ts): what those find is kept.
 */
export class LikeGroups {
	readonly #db: Db;
	readonly #vectors: AnswerVectors;
	readonly #kept = new Map<string, GroupedAnswers & { answers: number }>();

	constructor(tools: { db: Db; vectors: AnswerVectors }) {
		this.#db = tools.db;
		this.#vectors = tools.vectors;
	}

	/** Groups the answers to a question that say something. */
	of(place: Place, answers: readonly Handed[]): GroupedAnswers {
		const kept = this.#kept.get(place.questionId);
		if (kept?.answers === answers.length) return kept;
		const made = { ...(readGroups(this.#db, place, answers) ?? groupByCharacters(answers)), answers: answers.length };
		this.#kept.delete(place.questionId);
		this.#kept.set(place.questionId, made);
		const [oldest] = this.#kept.keys();
		if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
		return made;
	}

	/** Says that the answers of a class say something else now. */
	forget(tx: Tx, ownerId: string, assignmentId: string): void {
		tx.delete(likeGroups)
			.where(ownedIn(likeGroups.assignmentId, assignment, ownerId, assignmentId))
			.run();
		// They are grouped anew when they are asked for: which of them are the class's is not known here.
		this.#kept.clear();
	}

	/**
	 * Has the answers to a question compared by the vectors of a loaded model, where they have not been and there is one that knows more than characters.
	 * Throws the reason of `signal`, and what the engine fails with.
	 */
	async compare(place: Place, answers: readonly Handed[], signal: AbortSignal): Promise<void> {
		const said = answers.filter(saysSomething);
		const texts = said.map(({ text }) => text);
		if (said.length < 2 || isTooMuch(said) || readGroups(this.#db, place, answers)) return;
		const model = await this.#vectors.find(place.ownerId, texts, { untried: true }, signal);
		if (!model) return;
		const vectors = await this.#vectors.of(place.ownerId, model.modelId, texts, signal);
		const groups = ofSeveral(groupLike(said, { model: { vectors, threshold: model.threshold } }));
		const { assignmentId, questionId } = place;
		const row = { assignmentId, questionId, answers: answers.length, modelName: model.modelName, groups };
		this.#db.insert(likeGroups).values(row).onConflictDoUpdate({ target: likeGroups.questionId, set: row }).run();
		this.#kept.delete(questionId);
	}
}

/** What was found by vectors before; null where that was nothing, or other answers. */
function readGroups(store: Store, { ownerId, assignmentId, questionId }: Place, answers: readonly Handed[]): GroupedAnswers | null {
	const isIt = ownedIn(likeGroups.assignmentId, assignment, ownerId, assignmentId, eq(likeGroups.questionId, questionId));
	const row = store.select().from(likeGroups).where(isIt).get();
	return row && row.answers === answers.length ? { groups: row.groups, onlyEqual: false, comparedBy: row.modelName } : null;
}

function groupByCharacters(answers: readonly Handed[]): GroupedAnswers {
	const said = answers.filter(saysSomething);
	const onlyEqual = isTooMuch(said);
	return { groups: ofSeveral(onlyEqual ? groupEqual(said) : groupLike(said)), onlyEqual, comparedBy: null };
}

function isTooMuch(answers: readonly Handed[]): boolean {
	const different = new Set(answers.map(({ text }) => normaliseAnswer(text)));
	const characters = [...different].reduce((sum, { length }) => sum + length, 0);
	return different.size > mostDifferent || characters > mostCharacters || characters * different.size > mostCompared;
}

const saysSomething = ({ text }: Handed) => text.trim() !== '';

function ofSeveral(groups: readonly AnswerGroup[]): AnswerGroup[] {
	return groups.filter(({ memberIds }) => memberIds.length > 1).sort((a, b) => b.memberIds.length - a.memberIds.length);
}

import type { Price } from '#contract/ledger.ts';
import { likelyTokens, priceOf } from '#contract/priceOf.ts';
import { type Asked, type GradePrompts, gradeTurns } from './gradePrompt.ts';
import { mostExamples } from './TeachersMarks.ts';

/** What a grade takes to write: four sentences, three suggestions and a score. */
const gradeTokens = 250;
/** And for each criterion a quote, a reason and a level. */
const verdictTokens = 60;

export interface CostedAnswer {
	questionId: string;
	text: string;
}

/** So much is added to what a model has used on average, so that an estimate is more often above what comes than below it. */
const margin = 1.15;
/** As many of the last answers say what a model uses. */
export const mostSeen = 30;
/** The fraction of a first estimate that an answer is begun with where nothing is known of a model: some tokenizers hold a prompt in a few tokens. */
const unknownFraction = 0.25;

/**
 * What the answers of a class are likely to cost, before a model has seen them.
 *
 * Counted by letters, and then by what the model has used for each of those: tokenizers and manners of writing differ several times over.
 */
export class ClassCost {
	readonly #prompts: GradePrompts;
	/** By question: what is asked, and the tokens of the turn that all its answers share with those of a whole grade. */
	readonly #questions: ReadonlyMap<string, { asked: Asked; tokens: number }>;
	readonly #passes: number;
	readonly #examples: number;
	/** What the last answers took as fractions of what was counted for them. */
	readonly #seen: number[];

	/** `seen`: what the model used for each of its last answers, as a fraction of `countedTokens` (readUsedFractions.ts). */
	constructor(
		prompts: GradePrompts,
		questions: ReadonlyMap<string, Asked>,
		{ passes, withMarks }: { passes: number; withMarks: boolean },
		seen: readonly number[] = [],
	) {
		this.#prompts = prompts;
		this.#seen = [...seen];
		this.#passes = passes;
		this.#examples = withMarks ? mostExamples : 0;
		this.#questions = new Map(
			[...questions].map(([id, asked]) => {
				const shared = likelyTokens(gradeTurns(prompts, asked, '')[0]?.content ?? '');
				return [id, { asked, tokens: shared + gradeTokens + asked.rubric.length * verdictTokens }];
			}),
		);
	}

	/** The tokens of the model that one look at an answer is likely to take in all. */
	likelyTokens(answer: CostedAnswer): number {
		return Math.ceil(this.countedTokens(answer) * (this.#usedFraction ?? 1));
	}

	/** With how many tokens of the model a look at an answer is begun at the least. */
	leastTokens(answer: CostedAnswer): number {
		return Math.ceil(this.countedTokens(answer) * (this.#usedFraction ?? unknownFraction));
	}

	/** Takes up what an answer took: the next ones are estimated by it. */
	learn(answer: CostedAnswer, usedTokens: number, looks: number): void {
		if (usedTokens === 0) return;
		this.#seen.push(usedTokens / looks / this.countedTokens(answer));
		if (this.#seen.length > mostSeen) this.#seen.shift();
	}

	/** What one look is by its letters alone. */
	countedTokens({ questionId, text }: CostedAnswer): number {
		const question = this.#questions.get(questionId);
		if (!question) throw new Error(`the question ${questionId} is not among those of the class`);
		const [, own] = gradeTurns(this.#prompts, question.asked, text);
		const tokens = likelyTokens(own?.content ?? '');
		// An example is about as long as the answer, with its grade.
		return question.tokens + tokens + this.#examples * (tokens + gradeTokens + question.asked.rubric.length * verdictTokens);
	}

	/** What all of them are likely to cost: each is a request of its own, and so is each further look. */
	likelyPrice(price: Price, answers: readonly CostedAnswer[]): number {
		return answers.reduce((sum, answer) => sum + priceOf(price, this.likelyTokens(answer) * this.#passes), 0);
	}

	/** What there must be to begin with the first of them. */
	leastPrice(price: Price, [first]: readonly CostedAnswer[]): number {
		return first ? priceOf(price, this.leastTokens(first) * this.#passes) : 0;
	}

	/** Null where nothing is known. */
	get #usedFraction(): number | null {
		if (this.#seen.length === 0) return null;
		return (margin * this.#seen.reduce((sum, each) => sum + each, 0)) / this.#seen.length;
	}
}

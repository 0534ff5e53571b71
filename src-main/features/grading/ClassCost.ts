import type { Price } from '#contract/ledger.ts';
import { likelyTokens, priceOf } from '#contract/priceOf.ts';
import { type Asked, type GradePrompts, gradeTurns } from './gradePrompt.ts';
import { mostExamples } from './TeachersMarks.ts';

/** What a grade takes to write: four sentences, three suggestions and a score. */
const gradeTokens = 250;
/** And for each criterion a quote, a reason and a level. */
const verdictTokens = 60;

/** What the answers of a class are likely to cost, before a model has seen them. */
export class ClassCost {
	readonly #prompts: GradePrompts;
	/** By question: what is asked, and the tokens of the turn that all its answers share with those of a whole grade. */
	readonly #questions: ReadonlyMap<string, { asked: Asked; tokens: number }>;
	readonly #passes: number;
	readonly #examples: number;

	constructor(prompts: GradePrompts, questions: ReadonlyMap<string, Asked>, { passes, withMarks }: { passes: number; withMarks: boolean }) {
		this.#prompts = prompts;
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
	likelyTokens({ questionId, text }: { questionId: string; text: string }): number {
		const question = this.#questions.get(questionId);
		if (!question) throw new Error(`the question ${questionId} is not among those of the class`);
		const [, own] = gradeTurns(this.#prompts, question.asked, text);
		const tokens = likelyTokens(own?.content ?? '');
		// An example is about as long as the answer, with its grade.
		return question.tokens + tokens + this.#examples * (tokens + gradeTokens + question.asked.rubric.length * verdictTokens);
	}

	/** What all of them are likely to cost: each is a request of its own, and so is each further look. */
	likelyPrice(price: Price, answers: readonly { questionId: string; text: string }[]): number {
		return answers.reduce((sum, answer) => sum + priceOf(price, this.likelyTokens(answer) * this.#passes), 0);
	}
}

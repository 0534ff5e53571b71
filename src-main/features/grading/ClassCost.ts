import type { AssignmentFields } from '#contract/grading.ts';
import type { Price } from '#contract/ledger.ts';
import { likelyTokens, priceOf } from '#contract/priceOf.ts';
import { type GradePrompts, gradeTurns } from './gradePrompt.ts';

/** What a grade takes to write: four sentences, three suggestions and a score. */
const gradeTokens = 250;

/** What the answers of a class are likely to cost, before a model has seen them. */
export class ClassCost {
	readonly #prompts: GradePrompts;
	readonly #fields: AssignmentFields;
	/** Of the turn that all answers share. */
	readonly #sharedTokens: number;

	constructor(prompts: GradePrompts, fields: AssignmentFields) {
		this.#prompts = prompts;
		this.#fields = fields;
		this.#sharedTokens = likelyTokens(gradeTurns(prompts, fields, '')[0]?.content ?? '');
	}

	/** The tokens of the model that one answer is likely to take in all. */
	likelyTokens(answer: string): number {
		const [, own] = gradeTurns(this.#prompts, this.#fields, answer);
		return this.#sharedTokens + likelyTokens(own?.content ?? '') + gradeTokens;
	}

	/** What all of them are likely to cost: each is a request of its own. */
	likelyPrice(price: Price, answers: readonly string[]): number {
		return answers.reduce((sum, answer) => sum + priceOf(price, this.likelyTokens(answer)), 0);
	}
}

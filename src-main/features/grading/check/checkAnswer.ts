import type { AnswerCheck, CheckResult } from '#contract/rubric.ts';
import { checkChoice } from './checkChoice.ts';
import { checkExact } from './checkExact.ts';
import { checkFormula } from './checkFormula.ts';
import { checkNumber } from './checkNumber.ts';

/**
 * What a program can say about an answer: right, wrong, or that it cannot tell.
 *
 * In doubt it is `unclear`, so that a person or a model looks. Nothing in the answer is run, and an answer of any length and depth is
 * looked at within milliseconds.
 */
export function checkAnswer(check: AnswerCheck, answer: string): CheckResult {
	switch (check.kind) {
		case 'none':
			return { kind: 'unclear', found: '', reason: null };
		case 'number':
			return checkNumber(check, answer);
		case 'formula':
			return checkFormula(check, answer);
		case 'choice':
			return checkChoice(check, answer);
		case 'exact':
			return checkExact(check, answer);
	}
}

import type { AnswerCheck } from '#contract/rubric.ts';
import { isChoiceKey } from './checkChoice.ts';
import { isFormulaKey } from './checkFormula.ts';
import { isNumberKey } from './checkNumber.ts';

/** Whether a check can decide anything: one whose key cannot be read finds every answer unclear, which leaves them to the model. */
export function readsCheck(check: AnswerCheck): boolean {
	if (check.kind === 'number') return isNumberKey(check.value);
	if (check.kind === 'formula') return isFormulaKey(check.expression);
	return check.kind !== 'choice' || isChoiceKey(check);
}

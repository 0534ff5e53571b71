import { useTranslation } from 'react-i18next';
import type { AnswerCheck } from '#contract/rubric.ts';

/** What a check looks for, in a sentence. */
export function useAnswerCheckWords(): (check: AnswerCheck) => string {
	const { t } = useTranslation('grading');
	return (check) => {
		if (check.kind === 'number') return t('check.says.number', { value: check.value });
		if (check.kind === 'formula') return t('check.says.formula', { expression: check.expression });
		if (check.kind === 'choice') return t('check.says.choice', { letters: check.correct.join(', ') });
		if (check.kind === 'exact') return t('check.says.exact', { texts: check.accepted.join(' / ') });
		return t('check.says.none');
	};
}

import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import { missingInRubric } from './missingInRubric.ts';
import { missingIn, type QuestionDraft } from './questionDraft.ts';

/** Says what keeps a question from being kept, of a rubric which criterion and what of it; null where nothing does. */
export function useMissingWords(): (question: QuestionDraft) => string | null {
	const { t } = useTranslation('grading');
	const format = useFormat();
	return (question) => {
		const missing = missingIn(question);
		const gap = missing === 'rubric' ? missingInRubric(question.rubric) : null;
		if (gap === null) return missing && t(`questions.missing.${missing}`);
		const { criterion, level, lacks } = gap;
		const place = format.number(criterion.place);
		if (criterion.name === '') return t('questions.rubricLacks.criterionName', { place });
		const said = { place, name: criterion.name };
		if (level === null) return t('questions.rubricLacks.points', said);
		return t(lacks === 'name' ? 'questions.rubricLacks.levelName' : 'questions.rubricLacks.levelPoints', { ...said, level: format.number(level) });
	};
}

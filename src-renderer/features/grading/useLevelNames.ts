import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LevelNames } from './newCriterion.ts';

/** What new levels are called in the language of the screen; the teacher may call them otherwise. */
export function useLevelNames(): LevelNames {
	const { t } = useTranslation('grading');
	return useMemo(() => {
		const [all, most, some, none] = [t('rubric.levelNames.all'), t('rubric.levelNames.most'), t('rubric.levelNames.some'), t('rubric.levelNames.none')];
		return {
			there: t('rubric.levelNames.there'),
			missing: t('rubric.levelNames.missing'),
			steps: { 2: [all, none], 3: [all, some, none], 4: [all, most, some, none] },
		};
	}, [t]);
}

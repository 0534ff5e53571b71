import { useTranslation } from 'react-i18next';
import type { SubtitleProject } from '#contract/subtitles.ts';
import { nameLanguage } from './languages.ts';

/** Says from which language into which a project is translated. */
export function useLanguagePair() {
	const { t, i18n } = useTranslation('subtitles');
	return ({ sourceLanguage, targetLanguage }: Pick<SubtitleProject, 'sourceLanguage' | 'targetLanguage'>): string => {
		const target = nameLanguage(targetLanguage, i18n.language);
		return sourceLanguage === null ? t('list.into', { target }) : `${nameLanguage(sourceLanguage, i18n.language)} → ${target}`;
	};
}

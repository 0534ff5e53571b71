import { useTranslation } from 'react-i18next';
import { titleOf, useNewProject } from './newProjectStore.ts';

/** What a new glossary is called where nobody says otherwise: as the season, as the one film, or after the first of several that have no name in common. */
export function useGlossaryName(): string {
	const { t } = useTranslation('subtitles');
	const all = useNewProject((state) => state.files);
	const files = all.filter(({ error }) => error === null);
	const title = useNewProject((state) => state.title.trim());
	const season = useNewProject((state) => state.season.trim());
	const first = titleOf(files[0]?.file.name ?? '');
	if (season !== '') return season;
	return files.length > 1 ? t('new.glossaryOfSeveral', { title: first, count: files.length - 1 }) : title || first;
}

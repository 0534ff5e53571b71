import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { useMay } from '../../rpc/useMe.ts';
import type { Act } from '../../ui/Act.ts';
import { readProjects, useSubtitles } from './subtitlesStore.ts';

const mostRecent = 4;

/** What the subtitles offer from everywhere: a new project, the glossaries, and the last projects. */
export function useSubtitleActs(): Act[] {
	const mayTranslate = useMay('user');
	const navigate = useNavigate();
	const projects = useSubtitles((state) => state.projects);
	useEffect(() => {
		if (mayTranslate) void readProjects();
	}, [mayTranslate]);
	if (!mayTranslate) return [];
	return [
		{
			id: 'subtitles.new',
			kind: 'act',
			label: (t) => t('subtitles:list.new'),
			detail: (t) => t('app:nav.subtitles'),
			also: (t) => t('synonyms:act.newFilm'),
			run: () => navigate('/subtitles/new'),
		},
		{
			...{ id: 'subtitles.glossaries', kind: 'place', label: (t) => t('subtitles:glossaries.title'), also: (t) => t('synonyms:act.glossaries') },
			...{ detail: (t) => t('app:nav.subtitles'), run: () => navigate('/subtitles/glossaries') },
		},
		...(projects ?? []).slice(0, mostRecent).map(
			({ id, title }): Act => ({
				...{ id: `subtitles.recent.${id}`, kind: 'recent', label: () => title },
				...{ detail: (t) => t('app:nav.subtitles'), run: () => navigate(`/subtitles/${id}`) },
			}),
		),
	];
}

import type { SubtitleProject } from '#contract/subtitles.ts';

/** Projects as the list has them: those of a season together, where its newest would stand, in the natural order of their names (E2 before E10). */
export function arrangeProjects<Project extends Pick<SubtitleProject, 'season' | 'title'>>(newestFirst: readonly Project[]): Project[] {
	const groups = Map.groupBy(newestFirst, (project) => (project.season === '' ? project : project.season));
	return [...groups.values()].flatMap((group) => group.toSorted((a, b) => a.title.localeCompare(b.title, undefined, { numeric: true })));
}

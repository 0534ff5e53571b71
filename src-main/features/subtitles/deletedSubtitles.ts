import { eq, isNotNull, sql } from 'drizzle-orm';
import { failure } from '#contract/errors.ts';
import type { DeletedSource } from '../../platform/database/DeletedSource.ts';
import type { Db } from '../../platform/database/openDatabase.ts';
import { owned } from '../../platform/database/owned.ts';
import { ofProject } from './projectRows.ts';
import { glossary, subtitleProject } from './schema.ts';

/** What of the subtitles was deleted: projects with all that was translated, and glossaries with their terms. */
export function deletedSubtitles(
	db: Db,
	subtitles: { restore(ownerId: string, projectId: string): unknown; glossaries: { restore(ownerId: string, glossaryId: string): unknown } },
): DeletedSource<'project' | 'glossary'>[] {
	const { id, title } = subtitleProject;
	return [
		{
			kind: 'project',
			list: (ownerId) =>
				db
					.select({ id, placeId: id, heading: sql<string>`''`, title, deletedAt: sql<number>`${subtitleProject.deletedAt}` })
					.from(subtitleProject)
					.where(owned(subtitleProject, ownerId, isNotNull(subtitleProject.deletedAt)))
					.all(),
			restore: (ownerId, projectId) => subtitles.restore(ownerId, projectId),
			purge(ownerId, projectId) {
				const { changes } = db
					.delete(subtitleProject)
					.where(ofProject(ownerId, projectId, isNotNull(subtitleProject.deletedAt)))
					.run();
				if (changes === 0) throw failure('NOT_FOUND', { what: 'subtitles' });
			},
		},
		{
			kind: 'glossary',
			list: (ownerId) =>
				db
					.select({
						...{ id: glossary.id, placeId: glossary.id, heading: sql<string>`''`, title: glossary.name },
						deletedAt: sql<number>`${glossary.deletedAt}`,
					})
					.from(glossary)
					.where(owned(glossary, ownerId, isNotNull(glossary.deletedAt)))
					.all(),
			restore: (ownerId, glossaryId) => subtitles.glossaries.restore(ownerId, glossaryId),
			purge(ownerId, glossaryId) {
				const { changes } = db
					.delete(glossary)
					.where(owned(glossary, ownerId, eq(glossary.id, glossaryId), isNotNull(glossary.deletedAt)))
					.run();
				if (changes === 0) throw failure('NOT_FOUND', { what: 'glossary' });
			},
		},
	];
}

import { and, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import { failure } from '#contract/errors.ts';
import type { DeletedSource } from '../../platform/database/DeletedSource.ts';
import type { Db } from '../../platform/database/openDatabase.ts';
import { owned } from '../../platform/database/owned.ts';
import { ofProject } from './projectRows.ts';
import { glossary, subtitleProject, term } from './schema.ts';

/** What of the subtitles was deleted: projects with all that was translated, glossaries with their terms, and terms of those that are left. */
export function deletedSubtitles(
	db: Db,
	subtitles: {
		restore(ownerId: string, projectId: string): unknown;
		glossaries: { restore(ownerId: string, glossaryId: string): unknown; restoreTerm(ownerId: string, termId: string): unknown };
	},
): DeletedSource<'project' | 'glossary' | 'term'>[] {
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
		{
			kind: 'term',
			list: (ownerId) =>
				db
					.select({
						...{ id: term.id, placeId: glossary.id, heading: glossary.name },
						...{ title: sql<string>`concat_ws(' → ', ${term.source}, nullif(${term.target}, ''))`, deletedAt: sql<number>`${term.deletedAt}` },
					})
					.from(term)
					.innerJoin(glossary, eq(glossary.id, term.glossaryId))
					.where(owned(glossary, ownerId, isNotNull(term.deletedAt), isNull(glossary.deletedAt)))
					.all(),
			restore: (ownerId, termId) => subtitles.glossaries.restoreTerm(ownerId, termId),
			purge(ownerId, termId) {
				const own = db
					.select({ id: glossary.id })
					.from(glossary)
					.where(owned(glossary, ownerId, isNull(glossary.deletedAt)));
				const { changes } = db
					.delete(term)
					.where(and(inArray(term.glossaryId, own), eq(term.id, termId), isNotNull(term.deletedAt)))
					.run();
				if (changes === 0) throw failure('NOT_FOUND', { what: 'term' });
			},
		},
	];
}

import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Db } from '../../platform/database/openDatabase.ts';
import { everyOwner, owned } from '../../platform/database/owned.ts';
import { reachedById } from '../../platform/search/reachedById.ts';
import type { TextSource } from '../../platform/search/TextSource.ts';
import { plainText } from '../../platform/subtitles/plainText.ts';
import { cue, glossary, subtitleProject, term } from './schema.ts';

/** What of the subtitles can be found: projects by title, season and file, their cues by source and translation as they are read, and the terms of glossaries. */
export function subtitleTexts(db: Db): (TextSource & { kind: 'project' | 'cue' | 'term' })[] {
	const among = (id: SQLiteColumn, ids: readonly string[]) => sql`${id} in (select value from json_each(${JSON.stringify(ids)}))`;
	const those = (ownerId: string | null, ...conditions: SQL[]) => {
		const shown = and(isNull(subtitleProject.deletedAt), ...conditions);
		return and(reachedById(ownerId === null ? everyOwner(subtitleProject) : owned(subtitleProject, ownerId)), shown);
	};
	const placeId = subtitleProject.id;
	return [
		{
			kind: 'project',
			table: 'subtitle_project',
			columns: ['title', 'season', 'file_name', 'deleted_at'],
			read(ids, ownerId) {
				const { id, title, season, fileName } = subtitleProject;
				const text = sql<string>`concat_ws(' · ', ${title}, nullif(${season}, ''), nullif(nullif(${fileName}, ''), ${title}))`;
				return db
					.select({ id, ownerId: subtitleProject.ownerId, placeId, heading: sql<string>`''`, text })
					.from(subtitleProject)
					.where(those(ownerId, among(id, ids)))
					.all();
			},
		},
		{
			kind: 'cue',
			table: 'cue',
			columns: ['source', 'target', 'is_gone'],
			alsoAfter: [{ table: 'subtitle_project', columns: ['deleted_at'], ids: 'select id from cue where project_id = new.id' }],
			read(ids, ownerId) {
				const { title: heading, format } = subtitleProject;
				return db
					.select({ id: cue.id, ownerId: subtitleProject.ownerId, placeId, heading, format, source: cue.source, target: cue.target })
					.from(cue)
					.innerJoin(subtitleProject, eq(subtitleProject.id, cue.projectId))
					.where(those(ownerId, among(cue.id, ids), eq(cue.isGone, false)))
					.all()
					.map(({ format, source, target, ...place }) => ({
						...place,
						text: [source, target].flatMap((raw) => (raw ? plainText(format, raw) : [])).join(' → '),
					}));
			},
		},
		{
			kind: 'term',
			table: 'term',
			columns: ['source', 'target', 'deleted_at'],
			alsoAfter: [{ table: 'glossary', columns: ['deleted_at'], ids: 'select id from term where glossary_id = new.id' }],
			read(ids, ownerId) {
				const text = sql<string>`concat_ws(' → ', ${term.source}, nullif(${term.target}, ''))`;
				return db
					.select({ id: term.id, ownerId: glossary.ownerId, placeId: glossary.id, heading: glossary.name, text })
					.from(term)
					.innerJoin(glossary, eq(glossary.id, term.glossaryId))
					.where(
						and(
							reachedById(ownerId === null ? everyOwner(glossary) : owned(glossary, ownerId)),
							isNull(glossary.deletedAt),
							isNull(term.deletedAt),
							among(term.id, ids),
						),
					)
					.all();
			},
		},
	];
}

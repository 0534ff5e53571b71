import { asc, desc, eq, getTableColumns, isNull, type SQL, sql } from 'drizzle-orm';
import { failure } from '#contract/errors.ts';
import type { SubtitleProject } from '#contract/subtitles.ts';
import type { Store } from '../../platform/database/openDatabase.ts';
import { everyOwner, owned, ownedIn } from '../../platform/database/owned.ts';
import { cue, glossary, subtitleAct, subtitleProject } from './schema.ts';

export type ProjectRow = typeof subtitleProject.$inferSelect;
export type CueRow = typeof cue.$inferSelect;

/** What is read of a project. Its glossary is none while that is hidden, and its own again when that is brought back. */
const shownColumns = {
	...getTableColumns(subtitleProject),
	// It is reached through its owner's project.
	glossaryId: sql<
		string | null
	>`(select ${glossary.id} from ${glossary} where ${glossary.id} = ${subtitleProject.glossaryId} and ${isNull(glossary.deletedAt)} and ${everyOwner(glossary)})`,
};

/** The condition for the row of a project of this owner. */
export function ofProject(ownerId: string, projectId: string, condition?: SQL): SQL {
	return owned(subtitleProject, ownerId, eq(subtitleProject.id, projectId), condition);
}

/** The condition for the cues in the list of a project of this owner. */
export function ofCues(ownerId: string, projectId: string, ...conditions: (SQL | undefined)[]): SQL {
	return ofAllCues(ownerId, projectId, eq(cue.isGone, false), ...conditions);
}

/** The condition for these and for those that are gone from the list and can come back. */
export function ofAllCues(ownerId: string, projectId: string, ...conditions: (SQL | undefined)[]): SQL {
	return ownedIn(cue.projectId, subtitleProject, ownerId, projectId, ...conditions);
}

/** Those of them that have one of these ids: one parameter, however many there are. */
export function ofChosenCues(ownerId: string, projectId: string, ids: readonly string[]): SQL {
	return ofCues(ownerId, projectId, isAmong(ids));
}

function isAmong(ids: readonly string[]): SQL {
	return sql`${cue.id} in (select value from json_each(${JSON.stringify(ids)}))`;
}

/** Reads a project of this owner that is not hidden, or with `hidden` one that may be; another's is NOT_FOUND like one that is not. */
export function readProject(store: Store, ownerId: string, projectId: string, hidden = false): ProjectRow {
	const row = store
		.select(shownColumns)
		.from(subtitleProject)
		.where(ofProject(ownerId, projectId, hidden ? undefined : isNull(subtitleProject.deletedAt)))
		.get();
	if (!row) throw failure('NOT_FOUND', { what: 'subtitles' });
	return row;
}

/** The owner's projects that are not hidden, newest first. */
export function readProjects(store: Store, ownerId: string): ProjectRow[] {
	const mine = owned(subtitleProject, ownerId, isNull(subtitleProject.deletedAt));
	return store
		.select(shownColumns)
		.from(subtitleProject)
		.where(mine)
		.orderBy(desc(subtitleProject.createdAt), desc(sql`${subtitleProject}.rowid`))
		.all();
}

/** Reads the cues of a project in their order, all or those with these ids. */
export function readCueRows(store: Store, ownerId: string, projectId: string, ids?: readonly string[]): CueRow[] {
	return store
		.select()
		.from(cue)
		.where(ids ? ofChosenCues(ownerId, projectId, ids) : ofCues(ownerId, projectId))
		.orderBy(asc(cue.position))
		.all();
}

/** Reads all cues of a project in their order, also those that are gone from the list. */
export function readAllCueRows(store: Store, ownerId: string, projectId: string, ids?: readonly string[]): CueRow[] {
	const condition = ofAllCues(ownerId, projectId, ids && isAmong(ids));
	return store.select().from(cue).where(condition).orderBy(asc(cue.position)).all();
}

/** Reads one cue; NOT_FOUND where there is none. */
export function readCueRow(store: Store, ownerId: string, projectId: string, cueId: string): CueRow {
	const row = store
		.select()
		.from(cue)
		.where(ofCues(ownerId, projectId, eq(cue.id, cueId)))
		.get();
	if (!row) throw failure('NOT_FOUND', { what: 'cue' });
	return row;
}

/** How far a project is. */
export function countCues(store: Store, ownerId: string, projectId: string): SubtitleProject['counts'] {
	const count = (condition: SQL) => sql<number>`coalesce(sum(${condition}), 0)`;
	const toTranslate = sql`${cue.skip} is null`;
	const isCue = sql`${cue.skip} is null or ${cue.skip} = 'empty'`;
	const counted = store
		.select({
			cues: count(isCue),
			toTranslate: count(toTranslate),
			translated: count(sql`${toTranslate} and ${cue.target} is not null`),
			approved: count(sql`${toTranslate} and ${cue.isApproved}`),
			failed: count(sql`${toTranslate} and ${cue.status} = 'failed' and ${cue.target} is null`),
			failedAnew: count(sql`${toTranslate} and ${cue.status} = 'failed' and ${cue.target} is not null`),
			flagged: count(sql`${toTranslate} and (${cue.isTooLong} or ${cue.tagFaults} <> '[]')`),
		})
		.from(cue)
		.where(ofCues(ownerId, projectId))
		.get();
	if (!counted) throw new Error('a count gave nothing');
	return counted;
}

/** The condition for the acts of a project. */
export function ofActs(ownerId: string, projectId: string, ...conditions: (SQL | undefined)[]): SQL {
	return ownedIn(subtitleAct.projectId, subtitleProject, ownerId, projectId, ...conditions);
}

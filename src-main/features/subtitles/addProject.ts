import { randomUUID } from 'node:crypto';
import type { ProjectFields } from '#contract/subtitles.ts';
import type { Tx } from '../../platform/database/openDatabase.ts';
import type { Glossaries } from './Glossaries.ts';
import { insertCues } from './insertCues.ts';
import type { ProjectRow } from './projectRows.ts';
import type { ReadSubtitleFile, SubtitleSource } from './readSubtitleFile.ts';
import { subtitleFile, subtitleProject } from './schema.ts';

/** A file that was read, to become a project. */
export interface NewProject {
	fields: ProjectFields;
	source: SubtitleSource;
	read: ReadSubtitleFile;
	/** Left out: a new one. */
	id?: string;
	/** What its own glossary is called, where its fields name none; left out: as its season, or it itself; null: it gets none. */
	newGlossary?: string | null | undefined;
}

/** Keeps a file that was read as a project of an owner, with a glossary of its own where it names none and wants one. Throws NOT_FOUND for a glossary that is not the owner's. */
export function addProject(
	tx: Tx,
	tools: { glossaries: Glossaries; now: () => number },
	ownerId: string,
	{ fields, source, read, id, newGlossary = fields.season || fields.title }: NewProject,
): ProjectRow {
	const { glossaries } = tools;
	if (fields.glossaryId !== null) glossaries.require(tx, ownerId, fields.glossaryId);
	const glossaryId = fields.glossaryId ?? (newGlossary === null ? null : glossaries.add(tx, ownerId, newGlossary).id);
	const { format, file, problems } = read;
	const own = { id: id ?? randomUUID(), ownerId, fileName: source.fileName, format, encoding: file.encoding, problems, createdAt: tools.now() };
	const row = tx
		.insert(subtitleProject)
		.values({ ...fields, ...own, glossaryId })
		.returning()
		.get();
	tx.insert(subtitleFile)
		.values({ projectId: row.id, bytes: Buffer.from(source.bytes), fps: source.fps ?? null })
		.run();
	insertCues(tx, row, read.cues);
	return row;
}

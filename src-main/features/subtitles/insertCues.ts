import { randomUUID } from 'node:crypto';
import type { Tx } from '../../platform/database/openDatabase.ts';
import { markupOf } from './markupOf.ts';
import type { ProjectRow } from './projectRows.ts';
import type { ReadSubtitleFile } from './readSubtitleFile.ts';
import { cue } from './schema.ts';
import { skipOf } from './skipOf.ts';

/** Rows that go into one statement: SQLite takes some thirty thousand values in one. */
const slice = 500;

/** Inserts the cues of a file in their order. */
export function insertCues(tx: Tx, { id: projectId, format }: Pick<ProjectRow, 'id' | 'format'>, cues: ReadSubtitleFile['cues']): void {
	const rows = cues.map(({ startMs, endMs, text, kind, actor = '' }, at) => {
		const skip = skipOf(markupOf(format), { kind, text });
		return { id: randomUUID(), projectId, position: at, fileAt: at, startMs, endMs, source: text, actor, skip };
	});
	for (let from = 0; from < rows.length; from += slice)
		tx.insert(cue)
			.values(rows.slice(from, from + slice))
			.run();
}

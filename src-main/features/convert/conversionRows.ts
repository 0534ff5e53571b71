import { asc, desc, eq, getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { ConversionFile } from '#contract/convertBatch.ts';
import type { ConvertReport } from '#contract/convertReport.ts';
import { failure } from '#contract/errors.ts';
import type { Store } from '../../platform/database/openDatabase.ts';
import { owned, ownedIn } from '../../platform/database/owned.ts';
import { conversion, conversionFile } from './schema.ts';

export type ConversionRow = typeof conversion.$inferSelect;
/** A file without its report, which may be long. */
export type FileRow = Omit<typeof conversionFile.$inferSelect, 'report'>;

const { report: _report, ...fileColumns } = getTableColumns(conversionFile);

/** The condition for the row of a batch of this owner. */
export function ofConversion(ownerId: string, conversionId: string): SQL {
	return owned(conversion, ownerId, eq(conversion.id, conversionId));
}

/** The condition for the files of a batch of this owner. */
export function ofFiles(ownerId: string, conversionId: string, ...conditions: SQL[]): SQL {
	return ownedIn(conversionFile.conversionId, conversion, ownerId, conversionId, ...conditions);
}

/** Reads a batch of this owner; another's is NOT_FOUND like one that is not. */
export function readConversion(store: Store, ownerId: string, conversionId: string): ConversionRow {
	const row = store.select().from(conversion).where(ofConversion(ownerId, conversionId)).get();
	if (!row) throw failure('NOT_FOUND', { what: 'conversion' });
	return row;
}

export function readConversions(store: Store, ownerId: string): ConversionRow[] {
	return store
		.select()
		.from(conversion)
		.where(owned(conversion, ownerId))
		.orderBy(desc(conversion.createdAt), desc(sql`${conversion}.rowid`))
		.all();
}

/** The files of a batch in their order; with `ids` those alone. */
export function readFiles(store: Store, ownerId: string, conversionId: string, ids?: readonly string[]): FileRow[] {
	const chosen = ids ? [sql`${conversionFile.id} in (select value from json_each(${JSON.stringify(ids)}))`] : [];
	return store
		.select(fileColumns)
		.from(conversionFile)
		.where(ofFiles(ownerId, conversionId, ...chosen))
		.orderBy(asc(conversionFile.position))
		.all();
}

/** Throws NOT_FOUND. */
export function readFile(store: Store, ownerId: string, conversionId: string, fileId: string): FileRow {
	const [row] = readFiles(store, ownerId, conversionId, [fileId]);
	if (!row) throw failure('NOT_FOUND', { what: 'file' });
	return row;
}

/** The file that came last; undefined where there is none. */
export function readLastFile(store: Store, ownerId: string, conversionId: string): FileRow | undefined {
	const last = desc(conversionFile.position);
	return store.select(fileColumns).from(conversionFile).where(ofFiles(ownerId, conversionId)).orderBy(last).limit(1).get();
}

/** The report of a file; null where there is none. */
export function readReport(store: Store, ownerId: string, conversionId: string, fileId: string): ConvertReport | null {
	const row = store
		.select({ report: conversionFile.report })
		.from(conversionFile)
		.where(ofFiles(ownerId, conversionId, eq(conversionFile.id, fileId)))
		.get();
	return row?.report ?? null;
}

/** A file as its owner sees it. */
export function fileOf(
	{ id, name, sizeBytes, state, from, resultName, resultBytes, sidecarBytes, counts, failure: failed }: FileRow,
	fraction: number,
): ConversionFile {
	return {
		...{ id, name, sizeBytes, state, from, failure: failed, counts, fraction: state === 'done' ? 1 : fraction },
		...{ resultName: state === 'done' ? resultName : null, resultBytes, hasSidecar: state === 'done' && sidecarBytes !== null },
	};
}

/** What a batch is called: the folder that all of it came from, or its first file. */
export function titleOf(names: readonly string[]): string {
	const [first = ''] = names;
	const folder = first.includes('/') ? first.slice(0, first.indexOf('/')) : null;
	return folder !== null && names.every((name) => name.startsWith(`${folder}/`)) ? folder : first.slice(first.lastIndexOf('/') + 1);
}

import { setImmediate } from 'node:timers/promises';
import { and, asc, desc, eq, getTableColumns, gt, gte, inArray, isNull, lt, type SQL } from 'drizzle-orm';
import { failure } from '#contract/errors.ts';
import type { Dataset, ExampleTurn } from '#contract/finetune.ts';
import type { Store } from '../../platform/database/openDatabase.ts';
import { owned, ownedIn } from '../../platform/database/owned.ts';
import { dataset, datasetExample, datasetVersion } from './schema.ts';

export type VersionRow = typeof datasetVersion.$inferSelect;

/** A version that is still being written has a number below this, and nobody sees it. */
export const firstVersion = 1;

/** Examples that are read at once where all of them are gone through. */
const sliceExamples = 500;

/** An example of a version; `position` counts from 0. */
export interface StoredExample {
	position: number;
	row: number;
	turns: ExampleTurn[];
}

/** Reads a dataset of this owner that is not hidden, or with `hidden` one that may be; another's is NOT_FOUND like one that is not. */
export function readDataset(store: Store, ownerId: string, datasetId: string, hidden = false): Dataset {
	const found = selectDatasets(store, owned(dataset, ownerId, eq(dataset.id, datasetId), hidden ? undefined : isNull(dataset.deletedAt)))[0];
	if (!found) throw failure('NOT_FOUND', { what: 'dataset' });
	return found;
}

/** The owner's datasets, newest first, with `hidden` those that are hidden, too. */
export function readDatasets(store: Store, ownerId: string, hidden = false): Dataset[] {
	return selectDatasets(store, owned(dataset, ownerId, hidden ? undefined : isNull(dataset.deletedAt)));
}

function selectDatasets(store: Store, where: SQL): Dataset[] {
	const rows = store
		.select({ dataset, version: versionColumns })
		.from(dataset)
		.innerJoin(datasetVersion, eq(datasetVersion.datasetId, dataset.id))
		.where(and(where, gte(datasetVersion.number, firstVersion)))
		.orderBy(desc(dataset.createdAt), asc(dataset.id), desc(datasetVersion.number))
		.all();
	return [...Map.groupBy(rows, (row) => row.dataset.id).values()].flatMap((group) => {
		const [first] = group;
		if (!first) return [];
		const { id, title, createdAt } = first.dataset;
		return [{ id, title, createdAt, versions: group.map(({ version }) => version) }];
	});
}

const { problems: _problems, ...versionColumns } = getTableColumns(datasetVersion);

/** Reads a version of a dataset of this owner that is not hidden, with its problems. */
export function readVersion(store: Store, ownerId: string, versionId: string): VersionRow & { title: string } {
	const row = store
		.select({ ...getTableColumns(datasetVersion), title: dataset.title })
		.from(datasetVersion)
		.innerJoin(dataset, eq(dataset.id, datasetVersion.datasetId))
		.where(owned(dataset, ownerId, eq(datasetVersion.id, versionId), gte(datasetVersion.number, firstVersion), isNull(dataset.deletedAt)))
		.get();
	if (!row) throw failure('NOT_FOUND', { what: 'datasetVersion' });
	return row;
}

/** Reads examples of a version of this owner, from one on. */
export function readExamples(store: Store, ownerId: string, versionId: string, from: number, count: number): StoredExample[] {
	const { position, row, turns } = getTableColumns(datasetExample);
	const within = and(gt(datasetExample.position, from - 1), lt(datasetExample.position, from + count));
	return store
		.select({ position, row, turns })
		.from(datasetExample)
		.where(ofVersion(store, ownerId, versionId, within))
		.orderBy(asc(position))
		.all();
}

/** All examples of a version of this owner, read in slices: there may be 200,000. */
export function* eachExample(store: Store, ownerId: string, versionId: string): Generator<StoredExample> {
	for (let from = 0; ; from += sliceExamples) {
		const slice = readExamples(store, ownerId, versionId, from, sliceExamples);
		yield* slice;
		if (slice.length < sliceExamples) return;
	}
}

/** The same, and between slices the app goes on. */
export async function* walkExamples(store: Store, ownerId: string, versionId: string): AsyncGenerator<StoredExample> {
	let walked = 0;
	for (const example of eachExample(store, ownerId, versionId)) {
		yield example;
		if (++walked % sliceExamples === 0) await setImmediate();
	}
}

/** The condition for the examples in a version of this owner. */
function ofVersion(store: Store, ownerId: string, versionId: string, condition?: SQL): SQL {
	const mine = store.select({ id: dataset.id }).from(dataset).where(owned(dataset, ownerId));
	const its = store
		.select({ id: datasetVersion.id })
		.from(datasetVersion)
		.where(and(inArray(datasetVersion.datasetId, mine), eq(datasetVersion.id, versionId)));
	// `and` gives nothing only where it is given nothing.
	return and(inArray(datasetExample.versionId, its), condition) as SQL;
}

/** The condition for the versions of a dataset of this owner. */
export function ofDataset(ownerId: string, datasetId: string, condition?: SQL): SQL {
	return ownedIn(datasetVersion.datasetId, dataset, ownerId, datasetId, condition);
}

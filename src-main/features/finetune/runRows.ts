import { asc, desc, eq, gt, gte, isNotNull, isNull, type SQL } from 'drizzle-orm';
import { failure } from '#contract/errors.ts';
import type { Run, RunComparison, RunLine, RunPoint } from '#contract/finetune.ts';
import type { Store } from '../../platform/database/openDatabase.ts';
import { owned, ownedIn } from '../../platform/database/owned.ts';
import { dataset, datasetVersion, finetuneRun, runComparison, runLine, runPoint } from './schema.ts';

export type RunRow = typeof finetuneRun.$inferSelect;
export type ComparisonRow = typeof runComparison.$inferSelect;

/** The condition for the row of a run of this owner. */
export function ofRun(ownerId: string, runId: string, condition?: SQL): SQL {
	return owned(finetuneRun, ownerId, eq(finetuneRun.id, runId), condition);
}

/** Reads a run of this owner that is not hidden, or with `hidden` one that may be; another's is NOT_FOUND like one that is not. */
export function readRun(store: Store, ownerId: string, runId: string, hidden = false): RunRow {
	const row = store
		.select()
		.from(finetuneRun)
		.where(ofRun(ownerId, runId, hidden ? undefined : isNull(finetuneRun.deletedAt)))
		.get();
	if (!row) throw failure('NOT_FOUND', { what: 'run' });
	return row;
}

/** The owner's runs that are not hidden, newest first. */
export function readRuns(store: Store, ownerId: string): RunRow[] {
	return store
		.select()
		.from(finetuneRun)
		.where(owned(finetuneRun, ownerId, isNull(finetuneRun.deletedAt)))
		.orderBy(desc(finetuneRun.createdAt))
		.all();
}

/** The version of a dataset that a run was or is to be trained with; null where it is another's, or gone for good. */
export function findVersion(store: Store, ownerId: string, versionId: string): NonNullable<Run['dataset']> | null {
	const row = store
		.select({ id: dataset.id, title: dataset.title, versionId: datasetVersion.id, number: datasetVersion.number })
		.from(datasetVersion)
		.innerJoin(dataset, eq(dataset.id, datasetVersion.datasetId))
		.where(owned(dataset, ownerId, eq(datasetVersion.id, versionId)))
		.get();
	return row ?? null;
}

/** The points of a run from `where` on, in the order of their steps. */
export function readPoints(store: Store, ownerId: string, runId: string, from: { afterStep: number } | { changedSince: number }): RunPoint[] {
	const which = 'afterStep' in from ? gt(runPoint.step, from.afterStep) : gte(runPoint.at, from.changedSince);
	const rows = store
		.select()
		.from(runPoint)
		.where(ownedIn(runPoint.runId, finetuneRun, ownerId, runId, which))
		.orderBy(asc(runPoint.step))
		.all();
	return rows.map(({ runId: _runId, ...point }) => point);
}

export function readLines(store: Store, ownerId: string, runId: string, afterSeq: number): RunLine[] {
	const rows = store
		.select()
		.from(runLine)
		.where(ownedIn(runLine.runId, finetuneRun, ownerId, runId, gt(runLine.seq, afterSeq)))
		.orderBy(asc(runLine.seq))
		.all();
	return rows.map(({ runId: _runId, ...line }) => line);
}

/** The last known of each figure. Steps and measurements are points of their own or share one. */
export function readNow(store: Store, ownerId: string, runId: string): Run['now'] {
	const last = (condition: SQL) =>
		store
			.select()
			.from(runPoint)
			.where(ownedIn(runPoint.runId, finetuneRun, ownerId, runId, condition))
			.orderBy(desc(runPoint.step))
			.limit(1)
			.get();
	const step = last(isNotNull(runPoint.loss));
	const measured = last(isNotNull(runPoint.forgetting));
	return {
		loss: step?.loss ?? null,
		validationLoss: measured?.validationLoss ?? null,
		forgetting: measured?.forgetting ?? null,
		learningRate: step?.learningRate ?? null,
		tokensPerSecond: step?.tokensPerSecond ?? null,
		memoryBytes: step?.memoryBytes ?? null,
		vramBytes: step?.vramBytes ?? null,
	};
}

/** The held-out examples of a run in their order. */
export function readComparisons(store: Store, ownerId: string, runId: string): ComparisonRow[] {
	return store.select().from(runComparison).where(ofComparisons(ownerId, runId)).orderBy(asc(runComparison.position)).all();
}

export function ofComparisons(ownerId: string, runId: string, condition?: SQL): SQL {
	return ownedIn(runComparison.runId, finetuneRun, ownerId, runId, condition);
}

/** A held-out example that both sides have answered, for those who look at it; null for one that is not yet. */
export function shownComparison({ runId: _runId, ...row }: ComparisonRow): RunComparison | null {
	const { before, after, scoreBefore, scoreAfter } = row;
	return before === null || after === null || scoreBefore === null || scoreAfter === null ? null : { ...row, before, after, scoreBefore, scoreAfter };
}

import { randomUUID } from 'node:crypto';
import { eq, max, min } from 'drizzle-orm';
import { failure } from '#contract/errors.ts';
import { type Db, immediate, type Tx } from '../../platform/database/openDatabase.ts';
import { createBreaks } from './createBreaks.ts';
import { firstVersion, ofDataset } from './datasetRows.ts';
import type { ExampleCollector } from './ExampleCollector.ts';
import type { ReadSource } from './readSource.ts';
import { datasetExample, datasetVersion } from './schema.ts';

const rowsPerStatement = 250;

/**
 * Writes what was gathered as the next version of a dataset of this owner, in slices between which the app goes on.
 *
 * Until the last slice is in, the version has a number that nobody sees (datasetRows.ts); what is cut short is deleted here or at the next
 * start (purgeDatasets.ts). Throws NOT_FOUND where the dataset is taken away meanwhile.
 */
export async function writeVersion(
	db: Db,
	place: { ownerId: string; datasetId: string },
	read: Pick<ReadSource, 'form' | 'origin'>,
	gathered: ExampleCollector,
	now: number,
): Promise<void> {
	const { ownerId, datasetId } = place;
	const versionId = randomUUID();
	const { examples, problems, refusedCount, duplicateCount, characters } = gathered;
	const own = ofDataset(ownerId, datasetId, eq(datasetVersion.id, versionId));
	immediate(db, (tx) => {
		const lowest =
			tx
				.select({ number: min(datasetVersion.number) })
				.from(datasetVersion)
				.where(ofDataset(ownerId, datasetId))
				.get()?.number ?? 0;
		const counts = { exampleCount: examples.length, duplicateCount, refusedCount, characters };
		const row = { id: versionId, datasetId, number: Math.min(lowest, firstVersion) - 1, form: read.form, origin: read.origin };
		tx.insert(datasetVersion)
			.values({ ...row, ...counts, digest: gathered.digest(), problems, createdAt: now })
			.run();
	});
	const requireDraft = (tx: Tx) => {
		if (!tx.select({ id: datasetVersion.id }).from(datasetVersion).where(own).get()) throw failure('NOT_FOUND', { what: 'dataset' });
	};
	const rest = createBreaks();
	try {
		for (let at = 0; at < examples.length; at += rowsPerStatement) {
			const slice = examples.slice(at, at + rowsPerStatement).map(({ row, turns }, index) => ({ versionId, position: at + index, row, turns }));
			immediate(db, (tx) => {
				requireDraft(tx);
				tx.insert(datasetExample).values(slice).run();
			});
			await rest();
		}
		immediate(db, (tx) => {
			requireDraft(tx);
			const newest =
				tx
					.select({ number: max(datasetVersion.number) })
					.from(datasetVersion)
					.where(ofDataset(ownerId, datasetId))
					.get()?.number ?? 0;
			tx.update(datasetVersion)
				.set({ number: Math.max(newest, firstVersion - 1) + 1 })
				.where(own)
				.run();
		});
	} catch (error) {
		db.delete(datasetVersion).where(own).run();
		throw error;
	}
}

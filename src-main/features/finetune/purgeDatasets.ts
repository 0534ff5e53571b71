import { lt, notInArray, or } from 'drizzle-orm';
import { type Db, immediate } from '../../platform/database/openDatabase.ts';
import { everyOwner } from '../../platform/database/owned.ts';
import { firstVersion } from './datasetRows.ts';
import { dataset, datasetVersion } from './schema.ts';

/** Deletes for good, whoever's it was, what was hidden before `before` and what was still being written when the app ended. */
export function purgeDatasets(db: Db, before: number): void {
	immediate(db, (tx) => {
		tx.delete(datasetVersion)
			.where(everyOwner(datasetVersion.datasetId, lt(datasetVersion.number, firstVersion)))
			.run();
		const whole = tx.select({ id: datasetVersion.datasetId }).from(datasetVersion).where(everyOwner(datasetVersion.datasetId));
		tx.delete(dataset)
			.where(everyOwner(dataset, or(lt(dataset.deletedAt, before), notInArray(dataset.id, whole))))
			.run();
	});
}

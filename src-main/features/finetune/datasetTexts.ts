import { and, isNull, sql } from 'drizzle-orm';
import type { Db } from '../../platform/database/openDatabase.ts';
import { everyOwner, owned } from '../../platform/database/owned.ts';
import type { TextSource } from '../../platform/search/TextSource.ts';
import { dataset } from './schema.ts';

/** What of the datasets can be found: their titles. */
export function datasetTexts(db: Db): (TextSource & { kind: 'dataset' })[] {
	return [
		{
			kind: 'dataset',
			table: 'dataset',
			columns: ['title', 'deleted_at'],
			read(ids, ownerId) {
				const those = and(isNull(dataset.deletedAt), sql`${dataset.id} in (select value from json_each(${JSON.stringify(ids)}))`);
				const { id, title } = dataset;
				return db
					.select({ id, ownerId: dataset.ownerId, placeId: id, heading: sql<string>`''`, text: title })
					.from(dataset)
					.where(ownerId === null ? everyOwner(dataset, those) : owned(dataset, ownerId, those))
					.all();
			},
		},
	];
}

import { isNotNull, sql } from 'drizzle-orm';
import { failure } from '#contract/errors.ts';
import type { DeletedSource } from '../../platform/database/DeletedSource.ts';
import type { Db } from '../../platform/database/openDatabase.ts';
import { owned } from '../../platform/database/owned.ts';
import { isPreset } from './Presets.ts';
import { convertPreset } from './schema.ts';

/** What of the conversions was deleted and can be brought back: presets. */
export function deletedPresets(db: Db, presets: { restore(ownerId: string, presetId: string): unknown }): DeletedSource<'preset'>[] {
	const { id, name: title } = convertPreset;
	return [
		{
			kind: 'preset',
			list: (ownerId) =>
				db
					.select({ id, placeId: id, heading: sql<string>`''`, title, deletedAt: sql<number>`${convertPreset.deletedAt}` })
					.from(convertPreset)
					.where(owned(convertPreset, ownerId, isNotNull(convertPreset.deletedAt)))
					.all(),
			restore: (ownerId, presetId) => presets.restore(ownerId, presetId),
			purge(ownerId, presetId) {
				const { changes } = db
					.delete(convertPreset)
					.where(isPreset(ownerId, presetId, isNotNull(convertPreset.deletedAt)))
					.run();
				if (changes === 0) throw failure('NOT_FOUND', { what: 'preset' });
			},
		},
	];
}

import type { Adapter } from '#contract/finetune.ts';

/** The adapters of one name, newest version first. */
export interface AdapterFamily {
	name: string;
	versions: Adapter[];
}

/** The adapters that belong to one model; `modelId` is null where that is not here. */
export interface AdaptersOfModel {
	modelId: string | null;
	modelName: string;
	families: AdapterFamily[];
}

/** Groups adapters by model and name: the model with the newest adapter first, models that are not here last, versions newest first. */
export function arrangeAdapters(adapters: readonly Adapter[]): AdaptersOfModel[] {
	const newestFirst = adapters.toSorted((a, b) => b.createdAt - a.createdAt);
	const byModel = Map.groupBy(newestFirst, ({ modelId, modelName }) => modelId ?? `gone ${modelName}`);
	return [...byModel.values()]
		.map((ofModel) => ({
			modelId: ofModel[0]?.modelId ?? null,
			modelName: ofModel[0]?.modelName ?? '',
			// Two people may each have an adapter of one name.
			families: [...Map.groupBy(ofModel, ({ name, ownerName, mine }) => JSON.stringify([mine, ownerName, name])).values()].map((versions) => ({
				name: versions[0]?.name ?? '',
				versions: versions.toSorted((a, b) => b.version - a.version),
			})),
		}))
		.sort((a, b) => Number(a.modelId === null) - Number(b.modelId === null));
}

/** Bytes of an adapter merged into its base, from the base's figures: about, since small tensors keep their own type. */
export function mergedBytes(type: 'F16' | 'Q8_0' | 'base', base: { parameters: number | null; sizeBytes: number }): number | null {
	if (type === 'base') return base.sizeBytes;
	if (base.parameters === null) return null;
	// Q8_0 stores 32 values in 34 bytes.
	return type === 'F16' ? base.parameters * 2 : Math.round((base.parameters * 34) / 32);
}

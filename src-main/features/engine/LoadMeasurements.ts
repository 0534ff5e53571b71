import { and, eq } from 'drizzle-orm';
import type { LoadPlan, PlanVerdict } from '#contract/engine.ts';
import type { Store } from '../../platform/database/openDatabase.ts';
import { loadMeasurement } from './schema.ts';

/** What loads really took on this machine, the last of each model and shape. */
export class LoadMeasurements {
	readonly #db: Store;

	constructor(db: Store) {
		this.#db = db;
	}

	/** What a load of this very shape took the last time; null where there was none. */
	find(modelId: string, plan: LoadPlan): PlanVerdict['measured'] {
		const { predictedBytes, measuredBytes, at } = loadMeasurement;
		const ofShape = and(eq(loadMeasurement.modelId, modelId), eq(loadMeasurement.shape, shapeOf(plan)));
		return this.#db.select({ predictedBytes, measuredBytes, at }).from(loadMeasurement).where(ofShape).get() ?? null;
	}

	/** Keeps what a load by `plan` took, in RAM and the GPU's memory together, beside what the plan says. */
	keep(modelId: string, plan: LoadPlan, measuredBytes: number): void {
		const measured = { predictedBytes: plan.ramBytes + plan.vramBytes, measuredBytes, at: Date.now() };
		this.#db
			.insert(loadMeasurement)
			.values({ modelId, shape: shapeOf(plan), ...measured })
			.onConflictDoUpdate({ target: [loadMeasurement.modelId, loadMeasurement.shape], set: measured })
			.run();
	}
}

/** The measures of a plan that decide its memory, as one text. */
function shapeOf({ contextTokens, parallel, batchTokens, gpuLayers, kvType }: LoadPlan): string {
	return `context ${contextTokens} x ${parallel}, batch ${batchTokens}, gpu ${gpuLayers}, kv ${kvType}`;
}

import type { Deployment, LoadPlan, LoadWishes } from '#contract/engine.ts';
import type { Model } from '#contract/library.ts';

/**
 * Where a model stands, for its line in the table. `companion`: a picture part or an adapter, which is loaded with a model and not
 * by itself.
 */
export type ModelState = 'missing' | 'changed' | 'damaged' | 'notLoaded' | 'companion' | 'loading' | 'running' | 'stopping' | 'failed';

/** The state of a model from what the library and the engine say of it; a deployment that works counts before what is wrong with the file. */
export function modelState(model: Pick<Model, 'id' | 'kind' | 'fileState'>, deployments: readonly Deployment[]): ModelState {
	const states = new Set(deployments.filter(({ modelId }) => modelId === model.id).map(({ state }) => state));
	if (states.has('running')) return 'running';
	if (states.has('starting') || states.has('loading')) return 'loading';
	if (states.has('stopping')) return 'stopping';
	if (model.fileState !== 'present') return model.fileState;
	if (model.kind !== 'model') return 'companion';
	return states.has('failed') ? 'failed' : 'notLoaded';
}

/** Tells whether the engine has a model in its hands, so that it can neither be removed nor repaired. */
export function isInUse(state: ModelState): boolean {
	return state === 'running' || state === 'loading' || state === 'stopping';
}

/** Tells whether what a check found wrong can be fetched anew from where the model was downloaded. */
export function isRepairable(model: Pick<Model, 'origin' | 'fileState'>): boolean {
	return model.fileState === 'damaged' && (model.origin.source === 'huggingface' || model.origin.source === 'ollama');
}

/**
 * Tells whether a changed file is to be compared with its checksum before anything else: one that was downloaded, which nobody
 * changes on purpose.
 */
export function isToCheck(model: Pick<Model, 'origin' | 'fileState'>): boolean {
	return model.fileState === 'changed' && (model.origin.source === 'huggingface' || model.origin.source === 'ollama');
}

const smallestContext = 512;

/** What to ask for after a load failed: half the context for one request at a time; null where it cannot get smaller. */
export function smallerWishes(plan: LoadPlan | null): LoadWishes | null {
	if (plan === null) return { contextTokens: 2048, parallel: 1 };
	if (plan.contextTokens <= smallestContext && plan.parallel === 1) return null;
	return { contextTokens: Math.max(smallestContext, Math.floor(plan.contextTokens / 2)), parallel: 1 };
}

/** What the fields of the load dialog hold: text as typed, empty where the plan decides. */
export interface WishFields {
	contextTokens: string;
	parallel: string;
	gpuLayers: string;
	threads: string;
	replicas: string;
}

const bounds = { contextTokens: [128, 1_048_576], parallel: [1, 64], gpuLayers: [0, 1024], threads: [1, 256], replicas: [1, 16] } as const satisfies Record<
	keyof WishFields,
	readonly [number, number]
>;

/** The bounds of one field, for its message. */
export function boundsOf(field: keyof WishFields): readonly [number, number] {
	return bounds[field];
}

/** The fields as a model's source advises them. */
export function advisedFields(defaults: Model['defaults']): WishFields {
	return { contextTokens: defaults?.contextTokens === undefined ? '' : String(defaults.contextTokens), parallel: '', gpuLayers: '', threads: '', replicas: '' };
}

/** Reads the fields: the wishes of those that hold a number, and the names of those that do not hold one within bounds. */
export function readWishes(fields: WishFields): { wishes: LoadWishes; wrong: (keyof WishFields)[] } {
	const wishes: LoadWishes = {};
	const wrong: (keyof WishFields)[] = [];
	// The keys of an object literal of this type are exactly its fields.
	for (const field of Object.keys(bounds) as (keyof WishFields)[]) {
		const typed = fields[field].trim();
		if (typed === '') continue;
		const value = Number(typed);
		const [least, most] = bounds[field];
		if (Number.isInteger(value) && value >= least && value <= most) wishes[field] = value;
		else wrong.push(field);
	}
	return { wishes, wrong };
}

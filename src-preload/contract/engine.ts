import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './define.ts';
import { failureRecord } from './errors.ts';

export const kvType = z.enum(['f16', 'q8_0']);
export type KvType = z.infer<typeof kvType>;

/** What a user asks of a load; what is left out is planned. */
export const loadWishes = z.strictObject({
	/** Context of one sequence, in tokens. */
	contextTokens: z.number().int().min(128).max(1_048_576).optional(),
	/** Requests answered side by side. */
	parallel: z.number().int().min(1).max(64).optional(),
	/** Layers computed on the GPU. */
	gpuLayers: z.number().int().min(0).max(1024).optional(),
	threads: z.number().int().min(1).max(256).optional(),
	/** How keys and values are kept: `q8_0` takes half the memory, at some loss; llama.cpp calls it experimental. */
	kvType: kvType.optional(),
	/** Copies of the model, each in a process and memory of its own: where one dies, another takes its requests. */
	replicas: z.number().int().min(1).max(16).optional(),
	/** Which of the copies gets a request: the one with the least at work, which is usual; each in turn; or in turn by the requests that each takes side by side. */
	balance: z.enum(['leastBusy', 'roundRobin', 'weighted']).optional(),
});
export type LoadWishes = z.infer<typeof loadWishes>;

export const loadPlan = z.object({
	gpuLayers: z.number().int(),
	contextTokens: z.number().int(),
	parallel: z.number().int(),
	batchTokens: z.number().int(),
	threads: z.number().int(),
	kvType,
	weightsBytes: z.number().int(),
	kvBytes: z.number().int(),
	overheadBytes: z.number().int(),
	/** Of the three sums above, what lies in RAM and what in the GPU's memory. */
	ramBytes: z.number().int(),
	vramBytes: z.number().int(),
});
export type LoadPlan = z.infer<typeof loadPlan>;

/** `slow`: it fits, but part of it must be computed outside the GPU that the machine has, without one it writes more slowly than people read, or memory is nearly full. */
export const planVerdict = z.object({
	kind: z.enum(['fits', 'slow', 'tooBig']),
	/** Of one copy. */
	plan: loadPlan,
	/** Copies that there will be: memory is needed as many times. */
	replicas: z.number().int(),
	freeRamBytes: z.number().int(),
	freeVramBytes: z.number().int(),
	/** How quickly one answer is written: as this model was measured on this machine, or estimated from processor and size; null where neither can be told. */
	speed: z.object({ tokensPerSecond: z.number().positive(), basis: z.enum(['estimate', 'measured']) }).nullable(),
	/** What was made smaller than asked for, and what else to know, as sentences' codes. */
	notes: z.array(z.enum(['contextReduced', 'parallelReduced', 'gpuLayersReduced', 'replicasReduced', 'contextOfTraining', 'largeForProcessor'])),
	/** Idle models to unload first, where that gives a better plan than this one; null where it would not. */
	unload: z
		.object({ deployments: z.array(z.object({ id: z.string(), name: z.string() })), freedBytes: z.number().int(), kind: z.enum(['fits', 'slow']) })
		.nullable(),
	/** What a load of this very shape took on this machine the last time; null where there was none. */
	measured: z.object({ predictedBytes: z.number().int(), measuredBytes: z.number().int(), at: z.number().int() }).nullable(),
});
export type PlanVerdict = z.infer<typeof planVerdict>;

export const deployment = z.object({
	id: z.string(),
	modelId: z.string(),
	modelName: z.string(),
	/** Which copy of the model it is, from 1, and of how many. */
	replica: z.number().int(),
	replicas: z.number().int(),
	state: z.enum(['starting', 'loading', 'running', 'stopping', 'stopped', 'failed']),
	/** Share of the weights loaded. */
	loadFraction: z.number(),
	plan: loadPlan.nullable(),
	notes: planVerdict.shape.notes,
	/** Why it failed, with the engine's last lines. */
	failure: failureRecord.extend({ lastLines: z.array(z.string()) }).nullable(),
	/** When a copy that failed is started again; null where it is not, or runs. */
	restartAt: z.number().int().nullable(),
	/** Resident memory of the engine's process. */
	memoryBytes: z.number().int().nullable(),
	activeRequests: z.number().int(),
	/** Of the last finished request. */
	tokensPerSecond: z.number().nullable(),
	/** What the model computes on, such as `cpu`, `cuda`, `metal`, `vulkan`. */
	device: z.string().nullable(),
	startedAt: z.number().int(),
	lastUsedAt: z.number().int(),
});
export type Deployment = z.infer<typeof deployment>;

export const machine = z.object({
	totalRamBytes: z.number().int(),
	freeRamBytes: z.number().int(),
	physicalCores: z.number().int(),
	gpus: z.array(z.object({ name: z.string(), totalBytes: z.number().int(), freeBytes: z.number().int() })),
});
export type Machine = z.infer<typeof machine>;

export const samplingShape = z.strictObject({
	temperature: z.number().min(0).max(5).default(0.7),
	topP: z.number().min(0).max(1).default(0.95),
	topK: z.number().int().min(0).max(10_000).default(40),
	minP: z.number().min(0).max(1).default(0.05),
	repeatPenalty: z.number().min(0.5).max(2).default(1.1),
	/** null: another one each time. */
	seed: z.number().int().min(0).max(0xffff_ffff).nullable().default(null),
});
export type Sampling = z.infer<typeof samplingShape>;

/**
 * What is paid for an answer that was given before: nothing, what its task adds to each request, or what it cost the first time. The tokens that
 * its usage names are those that are paid.
 */
export const repeatCharge = z.enum(['free', 'surcharge', 'full']);
export type RepeatCharge = z.infer<typeof repeatCharge>;

/** What an answer cost and how fast it came. */
export const usage = z.object({
	promptTokens: z.number().int().nonnegative(),
	/** Of the prompt tokens, those that were still there from an earlier request. */
	reusedTokens: z.number().int().nonnegative(),
	completionTokens: z.number().int().nonnegative(),
	firstTokenMs: z.number(),
	/** How long it waited, of that, for others to end. */
	waitMs: z.number().nonnegative().optional(),
	tokensPerSecond: z.number(),
	/** The tokens were estimated here: the server that answered did not tell them. */
	isEstimated: z.boolean().optional(),
	/** The answer is one that was given before, and no model took part in this one: what of its price is paid all the same. */
	repeat: repeatCharge.optional(),
});
export type Usage = z.infer<typeof usage>;

const modelId = z.strictObject({ modelId: z.string() });
/** What a load can fail with. */
export const loadFailures = [
	'MODEL_MISSING',
	'MODEL_FILE_INVALID',
	'MODEL_DAMAGED',
	'MODEL_IN_USE',
	'MODEL_TOO_BIG',
	'MODEL_LOAD_FAILED',
	'MODEL_WORKER_CRASHED',
	'MODEL_TIMEOUT',
	'TEMPLATE_TIMEOUT',
	'TEMPLATE_FAILED',
] as const;

export const engine = {
	machine: procedure('viewer').output(machine),
	/** What a load would take, before it is done. */
	plan: procedure('viewer', ['MODEL_MISSING', 'MODEL_FILE_INVALID', 'MODEL_DAMAGED'], { model: 'modelId' })
		.input(modelId.extend({ wishes: loadWishes.default({}) }))
		.output(planVerdict),
	/**
	 * Starts loading and answers at once; `watch` tells how it goes. `anyway` loads what is planned too big; `unloadFirst` names
	 * deployments to take out of memory before, as a plan's `unload` does; one in use is MODEL_IN_USE. `anyway` needs an
	 * administrator (FORBIDDEN).
	 */
	load: procedure('user', loadFailures, {
		model: 'modelId',
		audit: 'modelId',
		auditFields: ['anyway', 'unloadFirst', 'wishes.contextTokens', 'wishes.parallel', 'wishes.replicas'],
	})
		.input(modelId.extend({ wishes: loadWishes.default({}), anyway: z.boolean().default(false), unloadFirst: z.array(z.string()).max(64).default([]) }))
		.output(deployment),
	/** Takes a model out of memory, with all its copies. One that answers requests, or that somebody waits for, only an administrator (MODEL_IN_USE). */
	unload: procedure('user', ['MODEL_IN_USE'], { audit: 'deploymentId' })
		.input(z.strictObject({ deploymentId: z.string() }))
		.output(z.void()),
	/** All deployments of the models that the caller may use, now and again after each change. */
	watch: procedure('viewer').output(eventIterator(z.array(deployment))),
	countTokens: procedure('viewer', ['MODEL_NOT_RUNNING', 'MODEL_WORKER_CRASHED'], { model: 'modelId' })
		.input(modelId.extend({ text: z.string().max(1_000_000) }))
		.output(z.object({ tokens: z.number().int() })),
};

import type { LoadPlan, LoadWishes, Machine, PlanVerdict } from '#contract/engine.ts';
import { expectSpeed, readingTokensPerSecond } from './expectSpeed.ts';
import { contextStep, type PlanGguf, type PlanShape, planMemory, roundContext, usableKvType } from './planMemory.ts';
import { usualThreads } from './usualThreads.ts';

export type { PlanGguf } from './planMemory.ts';

const GiB = 2 ** 30;
const defaultContextTokens = 8192;
const defaultParallel = 4;
/** The context is only made smaller than this, and only unasked, when nothing else helps. */
const leastUsefulContext = 2048;

export interface PlanFacts {
	gguf: PlanGguf;
	machine: Machine;
	/** What the model wrote on this machine, in tokens a second; null or left out where it has not. */
	measuredSpeed?: number | null;
}

/** A verdict on the machine as it is. */
export type LiveVerdict = Omit<PlanVerdict, 'unload' | 'measured'>;

type Note = PlanVerdict['notes'][number];

/**
 * Plans how to load a model on a machine: how large a context, how many requests side by side, how many layers on the GPU.
 *
 * Pure: what the file and the machine are comes in as facts. No context is longer than what the model was trained for, beyond which it writes
 * nonsense (a scaled one is what its file names). What is wished for is kept if memory allows; what is not, is chosen, and
 * made smaller (first fewer requests, then fewer copies, then a smaller context) until it fits beside a reserve for the rest of the system. `tooBig`
 * carries the smallest plan there is. What the sizes mean is told by planMemory.ts.
 */
export function planLoad(facts: PlanFacts, wishes: LoadWishes): LiveVerdict {
	const candidates = shapes(facts, wishes).map(({ replicas, ...shape }) => ({ replicas, plan: withLayers(facts, shape, replicas, wishes.gpuLayers) }));
	const { gguf, machine } = facts;
	const allLayers = gguf.blockCount + 1;
	const hasGpu = machine.gpus.length > 0;
	const fitting = candidates.filter(
		({ replicas, plan }) =>
			replicas * plan.ramBytes <= machine.freeRamBytes - ramReserve(machine) && (plan.vramBytes === 0 || replicas * plan.vramBytes <= freeVram(machine)),
	);
	// A somewhat smaller context that lies wholly on the GPU is worth far more than a large one that does not.
	const onGpu =
		hasGpu && wishes.gpuLayers === undefined ? fitting.find(({ plan }) => plan.gpuLayers === allLayers && plan.contextTokens >= leastUsefulContext) : undefined;
	const best = onGpu ?? fitting[0] ?? candidates.at(-1);
	if (!best) throw new Error('there is always a smallest plan');
	const { replicas, plan } = best;
	const ramBytes = replicas * plan.ramBytes;
	const nearlyFull = machine.freeRamBytes - ramBytes < 2 * ramReserve(machine) && ramBytes > machine.totalRamBytes / 10;
	const speed = speedOf(facts, plan.threads);
	const isLarge = !hasGpu && speed !== null && speed.tokensPerSecond < readingTokensPerSecond;
	const kind = fitting.length === 0 ? 'tooBig' : (hasGpu && plan.gpuLayers < allLayers) || nearlyFull || isLarge ? 'slow' : 'fits';
	const reduced = notesFor(gguf, best, wishes);
	return {
		kind,
		plan,
		replicas,
		freeRamBytes: machine.freeRamBytes,
		freeVramBytes: totalFreeVram(machine),
		speed,
		notes: isLarge ? ['largeForProcessor', ...reduced] : reduced,
	};
}

/** How quickly an answer is written: as it was measured, else as a processor is expected to. Graphics cards differ too much for that. */
function speedOf({ gguf, machine, measuredSpeed }: PlanFacts, threads: number): LiveVerdict['speed'] {
	if (measuredSpeed != null) return { tokensPerSecond: measuredSpeed, basis: 'measured' };
	return machine.gpus.length > 0 ? null : { tokensPerSecond: expectSpeed(gguf.tensorBytes, threads), basis: 'estimate' };
}

/** The next plan to try when llama.cpp could not get the memory for `plan`, and what to tell the user; null when there is none. */
export function nextSmallerPlan(facts: PlanFacts, plan: LoadPlan): { plan: LoadPlan; note: Note } | null {
	if (plan.parallel > 1) return { plan: planMemory(facts.gguf, { ...plan, parallel: Math.floor(plan.parallel / 2) }), note: 'parallelReduced' };
	if (plan.contextTokens > leastUsefulContext)
		return { plan: planMemory(facts.gguf, { ...plan, contextTokens: roundContext(plan.contextTokens / 2) }), note: 'contextReduced' };
	if (plan.gpuLayers > 0) return { plan: planMemory(facts.gguf, { ...plan, gpuLayers: Math.floor(plan.gpuLayers / 2) }), note: 'gpuLayersReduced' };
	if (plan.contextTokens > 2 * contextStep)
		return { plan: planMemory(facts.gguf, { ...plan, contextTokens: roundContext(plan.contextTokens / 2) }), note: 'contextReduced' };
	return null;
}

type Shape = Omit<PlanShape, 'gpuLayers'>;

/** What may be tried, from what is wanted most to the smallest. A context that is long enough is worth more than one more copy. */
function shapes({ gguf, machine }: PlanFacts, wishes: LoadWishes): (Shape & { replicas: number })[] {
	const context = roundContext(Math.min(wishes.contextTokens ?? defaultContextTokens, longestContext(gguf)));
	const parallel = wishes.parallel ?? defaultParallel;
	const threads = wishes.threads ?? usualThreads(machine.physicalCores);
	const kvType = usableKvType(gguf, wishes.kvType);
	// A native call cannot be broken off: on a processor it must be short for the others who wait. A GPU wants large ones.
	const batch = machine.gpus.length > 0 ? 512 : 256;
	const tried: (Shape & { replicas: number })[] = [];
	const tryWith = (contextTokens: number, replicas: number) => {
		for (let beside = parallel; beside >= 1; beside = Math.floor(beside / 2))
			tried.push({ replicas, contextTokens, parallel: beside, threads, kvType, batchTokens: Math.max(beside, Math.min(batch, contextTokens)) });
	};
	for (let replicas = wishes.replicas ?? 1; replicas > 1; replicas--) tryWith(context, replicas);
	for (let tokens = context; ; tokens = roundContext(tokens / 2)) {
		tryWith(tokens, 1);
		if (tokens <= 2 * contextStep) return tried;
	}
}

/** Adds as many layers as the GPU's memory holds for all copies, or as many as are wished for. */
function withLayers(facts: PlanFacts, shape: Shape, replicas: number, wished: number | undefined): LoadPlan {
	if (facts.machine.gpus.length === 0) return planMemory(facts.gguf, { ...shape, gpuLayers: 0 });
	const free = freeVram(facts.machine) / replicas;
	for (let gpuLayers = Math.min(wished ?? Number.POSITIVE_INFINITY, facts.gguf.blockCount + 1); gpuLayers > 0; gpuLayers--) {
		const plan = planMemory(facts.gguf, { ...shape, gpuLayers });
		if (plan.vramBytes <= free) return plan;
	}
	return planMemory(facts.gguf, { ...shape, gpuLayers: 0 });
}

function notesFor(gguf: PlanFacts['gguf'], { replicas, plan }: { replicas: number; plan: LoadPlan }, wishes: LoadWishes): Note[] {
	const notes: Note[] = [];
	if (wishes.replicas !== undefined && replicas < wishes.replicas) notes.push('replicasReduced');
	const most = longestContext(gguf);
	if (wishes.contextTokens !== undefined && plan.contextTokens < Math.min(wishes.contextTokens, most)) notes.push('contextReduced');
	if (wishes.parallel !== undefined && plan.parallel < wishes.parallel) notes.push('parallelReduced');
	if (wishes.gpuLayers !== undefined && plan.gpuLayers < Math.min(wishes.gpuLayers, gguf.blockCount + 1)) notes.push('gpuLayersReduced');
	if (wishes.contextTokens !== undefined && wishes.contextTokens > most) notes.push('contextOfTraining');
	return notes;
}

/** What a model was trained for, in whole steps; of a file that does not tell there is no knowing. */
function longestContext({ contextTokens }: PlanFacts['gguf']): number {
	return contextTokens > 0 ? roundContext(contextTokens) : Number.POSITIVE_INFINITY;
}

/** Left to the rest of the system: without it everything swaps. */
function ramReserve(machine: Machine): number {
	return Math.max(GiB, machine.totalRamBytes * 0.05);
}

function totalFreeVram(machine: Machine): number {
	return machine.gpus.reduce((sum, gpu) => sum + gpu.freeBytes, 0);
}

/** What may be used of the GPU's memory: the screen and the driver need some of it. */
function freeVram(machine: Machine): number {
	const total = machine.gpus.reduce((sum, gpu) => sum + gpu.totalBytes, 0);
	return totalFreeVram(machine) - Math.min(2 * GiB, Math.max(0.5 * GiB, total * 0.06));
}

import type { LoadWishes, PlanVerdict } from '#contract/engine.ts';
import { type LiveVerdict, type PlanFacts, planLoad } from './planLoad.ts';

/** A loaded model that nobody uses just now, and the memory that its end would give back. */
export interface IdleModel {
	id: string;
	name: string;
	lastUsedAt: number;
	ramBytes: number;
	vramBytes: number;
}

const ranks = { fits: 0, slow: 1, tooBig: 2 } as const satisfies Record<LiveVerdict['kind'], number>;

/**
 * Tells which idle models to unload so that a load goes better than `verdict` says: as well as it could without any of them, with
 * as few unloaded as that takes, the ones first that were not used for longest. Null where that gains nothing.
 */
export function adviseUnload(facts: PlanFacts, wishes: LoadWishes, verdict: LiveVerdict, idle: readonly IdleModel[]): PlanVerdict['unload'] {
	const oldestFirst = [...idle].sort((a, b) => a.lastUsedAt - b.lastUsedAt);
	const kindWithout = (gone: readonly IdleModel[]) => planLoad({ ...facts, machine: withoutModels(facts.machine, gone) }, wishes).kind;
	const kind = kindWithout(oldestFirst);
	if (kind === 'tooBig' || ranks[kind] >= ranks[verdict.kind]) return null;
	const isEnough = (gone: readonly IdleModel[]) => ranks[kindWithout(gone)] <= ranks[kind];
	let gone = oldestFirst.slice(0, oldestFirst.findIndex((_, last) => isEnough(oldestFirst.slice(0, last + 1))) + 1);
	// The last one may have been so large that some before it can stay, the latest used first.
	for (const model of gone.toReversed()) {
		const fewer = gone.filter((other) => other !== model);
		if (isEnough(fewer)) gone = fewer;
	}
	return {
		kind,
		deployments: gone.map(({ id, name }) => ({ id, name })),
		freedBytes: gone.reduce((sum, { ramBytes, vramBytes }) => sum + ramBytes + vramBytes, 0),
	};
}

function withoutModels(machine: PlanFacts['machine'], gone: readonly IdleModel[]): PlanFacts['machine'] {
	const freed = (of: 'ramBytes' | 'vramBytes') => gone.reduce((sum, model) => sum + model[of], 0);
	const [first, ...others] = machine.gpus;
	return {
		...machine,
		freeRamBytes: Math.min(machine.totalRamBytes, machine.freeRamBytes + freed('ramBytes')),
		gpus: first ? [{ ...first, freeBytes: Math.min(first.totalBytes, first.freeBytes + freed('vramBytes')) }, ...others] : [],
	};
}

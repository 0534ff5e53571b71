import type { LoadPlan } from '#contract/engine.ts';

/** Left to the rest of the system. */
const reserveBytes = 256 * 2 ** 20;

export interface FreeMemory {
	ramBytes: number;
	vramBytes: number;
	/** Share of the model's layers that lie on the GPU, 0..1. */
	gpuFraction: number;
}

/**
 * Plans a second context for a model that is loaded by `plan`: as long as the first, with as many requests side by side as memory does
 * for, at most as many as there. `adapterBytes` are those of the adapter itself.
 */
export function fitAdapterContext(
	plan: Pick<LoadPlan, 'parallel' | 'kvBytes' | 'overheadBytes'>,
	adapterBytes: number,
	free: FreeMemory,
): { kind: 'fits'; parallel: number } | { kind: 'tooBig'; neededBytes: number; freeBytes: number } {
	const usableRam = Math.max(0, free.ramBytes - reserveBytes);
	const needed = (parallel: number) => {
		const total = (plan.kvBytes * parallel) / plan.parallel + plan.overheadBytes + adapterBytes;
		return { total: Math.ceil(total), ram: total * (1 - free.gpuFraction), vram: total * free.gpuFraction };
	};
	for (let parallel = plan.parallel; parallel >= 1; parallel = Math.floor(parallel / 2)) {
		const { ram, vram } = needed(parallel);
		if (ram <= usableRam && vram <= free.vramBytes) return { kind: 'fits', parallel };
	}
	return { kind: 'tooBig', neededBytes: needed(1).total, freeBytes: Math.floor(free.gpuFraction > 0 ? usableRam + free.vramBytes : usableRam) };
}

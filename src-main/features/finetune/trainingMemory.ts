import type { Machine } from '#contract/engine.ts';

const gibibyte = 2 ** 30;

/** The memory that a training may take: what is free now, less what is left to the rest of the system. Models that are loaded keep theirs. */
export function trainingMemory({ freeRamBytes, totalRamBytes }: Pick<Machine, 'freeRamBytes' | 'totalRamBytes'>): number {
	return Math.max(0, Math.floor(freeRamBytes - Math.max(gibibyte, totalRamBytes * 0.05)));
}

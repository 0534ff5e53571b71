import type { Machine } from '#contract/engine.ts';
import { type ReadText, readCgroup, readText } from './cgroup.ts';
import { usableCores } from './threads.ts';

/** Memory of the machine or, where it is less, of the control group that this process may use. */
export interface MemoryFacts {
	totalRamBytes: number;
	freeRamBytes: number;
}

/** Reads total and free memory from Linux; `read` gives recorded files in tests. */
export async function readLinuxMemory(read: ReadText = readText): Promise<MemoryFacts> {
	const text = (await read('/proc/meminfo')) ?? '';
	const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1] ?? 0) * 1024;
	const { memoryBytes, memoryUsedBytes } = await readCgroup(read);
	// `MemAvailable` counts what the system can hand out without swapping, file cache included.
	const total = field('MemTotal');
	const free = field('MemAvailable');
	if (memoryBytes === null || memoryBytes >= total) return { totalRamBytes: total, freeRamBytes: free };
	return { totalRamBytes: memoryBytes, freeRamBytes: Math.max(0, Math.min(free, memoryBytes - memoryUsedBytes)) };
}

/** What this machine has for computing, but for its GPUs, which only an engine host can tell. */
export async function readMachine(): Promise<Omit<Machine, 'gpus'>> {
	const physicalCores = await usableCores();
	if (process.platform === 'linux') return { ...(await readLinuxMemory()), physicalCores };
	const { mem } = await import('systeminformation');
	const { total, available } = await mem();
	return { totalRamBytes: total, freeRamBytes: available, physicalCores };
}

import { statfs } from 'node:fs/promises';
import { currentLoad, graphics, mem } from 'systeminformation';
import type { MachineGauges } from '#contract/monitor.ts';

/** GPUs are asked again after this: asking starts a program of the vendor's. */
const gpuMs = 8000;
/** And after this where none could tell anything. */
const noGpuMs = 10 * 60_000;
const mebibyte = 2 ** 20;

type Gpus = MachineGauges['gpus'];
let gpus: { at: number; found: Promise<Gpus> } | null = null;

/** How much of the machine is in use now; `folder` tells which disk. Takes about a tenth of a second, a second where a GPU is asked. */
export async function readGauges(folder: string): Promise<MachineGauges> {
	const [load, memory, disk, found] = await Promise.all([currentLoad(), mem(), statfs(folder), findGpus()]);
	return {
		cpuFraction: Math.min(1, Math.max(0, load.currentLoad / 100)),
		// What the system can hand out without swapping counts as free.
		memoryUsedBytes: Math.max(0, memory.total - memory.available),
		memoryTotalBytes: memory.total,
		processBytes: process.memoryUsage.rss(),
		gpus: found,
		diskFreeBytes: disk.bavail * disk.bsize,
		diskTotalBytes: disk.blocks * disk.bsize,
	};
}

async function findGpus(): Promise<Gpus> {
	if (process.env.HOMEROOM_GPU === 'off') return [];
	if (gpus) {
		const known = await gpus.found;
		if (Date.now() - gpus.at < (known.length === 0 ? noGpuMs : gpuMs)) return known;
	}
	gpus = { at: Date.now(), found: askGpus() };
	return gpus.found;
}

async function askGpus(): Promise<Gpus> {
	const { controllers } = await graphics();
	return controllers.flatMap(({ model, utilizationGpu, memoryUsed, memoryTotal }) =>
		utilizationGpu == null && memoryUsed == null
			? []
			: [
					{
						name: model,
						fraction: utilizationGpu == null ? null : Math.min(1, Math.max(0, utilizationGpu / 100)),
						usedBytes: memoryUsed == null ? null : Math.round(memoryUsed * mebibyte),
						totalBytes: memoryTotal == null ? null : Math.round(memoryTotal * mebibyte),
					},
				],
	);
}

import type { Deployment, Machine } from '#contract/engine.ts';
import type { DiskFigures } from '#contract/library.ts';

/** One gauge: what is used of it, of which `ours` by models, and all there is. */
export interface Gauge {
	kind: 'ram' | 'gpu' | 'disk';
	/** Of a GPU. */
	name: string;
	oursBytes: number;
	otherBytes: number;
	totalBytes: number;
}

/**
 * The gauges of the machine: memory, each GPU, the disk that the models are on. What models take is told of memory where there is no GPU, as
 * their figure is the sum of both; it never is more than what is used at all.
 */
export function machineParts(machine: Machine, disk: DiskFigures | null, deployments: readonly Pick<Deployment, 'memoryBytes'>[]): Gauge[] {
	const loaded = deployments.reduce((sum, { memoryBytes }) => sum + (memoryBytes ?? 0), 0);
	const split = (used: number, ours: number) => ({ oursBytes: Math.min(used, ours), otherBytes: Math.max(0, used - ours) });
	const hasGpu = machine.gpus.length > 0;
	return [
		{ kind: 'ram', name: '', ...split(machine.totalRamBytes - machine.freeRamBytes, hasGpu ? 0 : loaded), totalBytes: machine.totalRamBytes },
		...machine.gpus.map(({ name, totalBytes, freeBytes }): Gauge => ({ kind: 'gpu', name, ...split(totalBytes - freeBytes, 0), totalBytes })),
		...(disk
			? [
					{
						...{ kind: 'disk' as const, name: '', totalBytes: disk.volumeTotalBytes },
						...split(disk.volumeTotalBytes - disk.volumeFreeBytes, disk.storedBytes + disk.partialBytes),
					},
				]
			: []),
	];
}

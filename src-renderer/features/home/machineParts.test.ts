import { expect, test } from 'vitest';
import { machineParts } from './machineParts.ts';

const machine = { totalRamBytes: 100, freeRamBytes: 40, physicalCores: 2, gpus: [] };
const disk = { modelsFolder: '', volumeTotalBytes: 1000, volumeFreeBytes: 700, storedBytes: 50, sharedBytes: 9, partialBytes: 10 };

test('tells what models take of what is used, never more than that', () => {
	const gauge = (kind: string, oursBytes: number, otherBytes: number, totalBytes: number, name = '') => ({ kind, name, oursBytes, otherBytes, totalBytes });
	expect(machineParts(machine, disk, [{ memoryBytes: 20 }, { memoryBytes: null }])).toEqual([gauge('ram', 20, 40, 100), gauge('disk', 60, 240, 1000)]);
	expect(machineParts(machine, null, [{ memoryBytes: 90 }])).toEqual([gauge('ram', 60, 0, 100)]);
	const gpus = [{ name: 'GPU', totalBytes: 80, freeBytes: 30 }];
	expect(machineParts({ ...machine, gpus }, null, [{ memoryBytes: 50 }])).toEqual([gauge('ram', 0, 60, 100), gauge('gpu', 0, 50, 80, 'GPU')]);
});

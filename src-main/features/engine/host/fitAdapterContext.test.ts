import { expect, test } from 'vitest';
import { type FreeMemory, fitAdapterContext } from './fitAdapterContext.ts';

const MiB = 2 ** 20;
const plan = { parallel: 4, kvBytes: 400 * MiB, overheadBytes: 50 * MiB };

test.each<[string, FreeMemory, ReturnType<typeof fitAdapterContext>]>([
	['as many requests as the model has, where memory does', { ramBytes: 1000 * MiB, vramBytes: 0, gpuFraction: 0 }, { kind: 'fits', parallel: 4 }],
	['fewer where it does for these', { ramBytes: 600 * MiB, vramBytes: 0, gpuFraction: 0 }, { kind: 'fits', parallel: 2 }],
	['one at the least', { ramBytes: 420 * MiB, vramBytes: 0, gpuFraction: 0 }, { kind: 'fits', parallel: 1 }],
	['none', { ramBytes: 400 * MiB, vramBytes: 0, gpuFraction: 0 }, { kind: 'tooBig', neededBytes: 160 * MiB, freeBytes: 144 * MiB }],
	['what lies on the GPU by its memory', { ramBytes: 10, vramBytes: 300 * MiB, gpuFraction: 1 }, { kind: 'fits', parallel: 2 }],
	[
		'what lies on both by both',
		{ ramBytes: 500 * MiB, vramBytes: 60 * MiB, gpuFraction: 0.5 },
		{ kind: 'tooBig', neededBytes: 160 * MiB, freeBytes: 304 * MiB },
	],
])('plans a context for an adapter: %s', (_, free, expected) => {
	expect(fitAdapterContext(plan, 10 * MiB, free)).toEqual(expected);
});

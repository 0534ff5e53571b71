import { expect, test } from 'vitest';
import { gpuFacts } from './gpuFacts.ts';

test('tells a card with its memory, and none where a driver has no memory of its own', () => {
	expect([
		gpuFacts('cuda', ['RTX 4060'], { total: 8, free: 5 }),
		gpuFacts('vulkan', ['Arc', 'Arc'], { total: 8, free: 9 }),
		gpuFacts('vulkan', ['llvmpipe'], { total: 0, free: 0 }),
		gpuFacts('metal', [], { total: 8, free: 8 }),
	]).toEqual([
		{ device: 'cuda', gpus: [{ name: 'RTX 4060', totalBytes: 8, freeBytes: 5 }] },
		{ device: 'vulkan', gpus: [{ name: 'Arc, Arc', totalBytes: 8, freeBytes: 8 }] },
		{ device: 'cpu', gpus: [] },
		{ device: 'metal', gpus: [{ name: '', totalBytes: 8, freeBytes: 8 }] },
	]);
});

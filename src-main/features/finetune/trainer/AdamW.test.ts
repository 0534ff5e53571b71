import { expect, test } from 'vitest';
import { AdamW, usualAdamW } from './AdamW.ts';
import type { Tensor } from './ggml.ts';

test('takes the steps that PyTorch takes', () => {
	// torch.optim.AdamW([1, -2], lr=0.1, weight_decay=0.1) with the gradients [0.5, -1], then [0.25, 2], worked out by hand.
	// The tensor is not computed with here.
	const parameter = { name: 'x', values: Float32Array.of(1, -2), gradient: Float32Array.of(0.5, -1), tensor: 0n as Tensor };
	const optimizer = new AdamW([parameter], { ...usualAdamW, weightDecay: 0.1, longestGradient: 0 });
	expect(optimizer.step(0.1, 1)).toBeCloseTo(Math.sqrt(1.25), 6);
	expect([...parameter.values].map((value) => value.toFixed(5))).toEqual(['0.89000', '-1.88000']);
	parameter.gradient.set([0.25, 2]);
	optimizer.step(0.1, 1);
	const first = [0.9 * 0.05 + 0.1 * 0.25, 0.9 * -0.1 + 0.1 * 2].map((mean) => mean / (1 - 0.9 ** 2));
	const second = [0.999 * 0.00025 + 0.001 * 0.0625, 0.999 * 0.001 + 0.001 * 4].map((square) => square / (1 - 0.999 ** 2));
	const expected = [0.89, -1.88].map((value, i) => value * 0.99 - (0.1 * (first[i] ?? 0)) / (Math.sqrt(second[i] ?? 0) + 1e-8));
	for (const [i, value] of expected.entries()) expect(parameter.values[i]).toBeCloseTo(value, 5);
});

test('shortens a gradient that is too long, as a whole', () => {
	const make = () => ({ name: 'x', values: new Float32Array(2), gradient: Float32Array.of(30, 40), tensor: 0n as Tensor });
	const [long, short] = [make(), make()];
	short.gradient.set([0.6, 0.8]);
	const [clipped, plain] = [new AdamW([long], usualAdamW), new AdamW([short], usualAdamW)];
	expect(clipped.step(0.1, 1)).toBe(50);
	plain.step(0.1, 1);
	expect(clipped.moments[0]?.first[0]).toBeCloseTo(plain.moments[0]?.first[0] ?? 0, 7);
});

import { expect, test } from 'vitest';
import { type KnownFit, projectorOf, recommendFile } from './recommendFile.ts';

const file = (id: string, sizeBytes: number, kind: 'model' | 'projector' | 'adapter' = 'model') => ({ id, kind, quantization: id, sizeBytes });
const files = [file('Q4_K_M', 40), file('Q8_0', 80), file('BF16', 160), file('Q2_K', 20), file('Q6_K', 60), file('mmproj', 8, 'projector')];

test.each<[string, Record<string, KnownFit>, ReturnType<typeof recommendFile>]>([
	['all fit: the best that makes a difference', { Q8_0: 'fits' }, { kind: 'file', id: 'Q8_0' }],
	['the largest that fits', { Q8_0: 'tooBig', Q6_K: 'slow', Q4_K_M: 'fits' }, { kind: 'file', id: 'Q4_K_M' }],
	['none fits', { Q8_0: 'tooBig', Q2_K: 'slow' }, { kind: 'none' }],
	['nothing is known yet: the middle one first', {}, { kind: 'unknown', ask: 'Q4_K_M' }],
	['between what fits and what does not', { Q2_K: 'fits', Q8_0: 'tooBig' }, { kind: 'unknown', ask: 'Q4_K_M' }],
	['one whose header cannot be read is passed over', { Q8_0: 'failed', Q6_K: 'fits' }, { kind: 'file', id: 'Q6_K' }],
])('%s', (_name, fits, expected) => {
	expect(recommendFile(files, (id) => fits[id] ?? 'unknown')).toEqual(expected);
});

test('recommends full precision where nothing else is to be had', () => {
	expect(recommendFile([file('BF16', 4)], () => 'fits')).toEqual({ kind: 'file', id: 'BF16' });
});

test('says nothing where no header could be read', () => {
	expect(recommendFile(files, () => 'failed')).toEqual({ kind: 'untold' });
});

test('asking on ends, with every file it asks for asked once', () => {
	const fits: Record<string, KnownFit> = {};
	const asked: string[] = [];
	for (;;) {
		const now = recommendFile(files, (id) => fits[id] ?? 'unknown');
		if (now.kind !== 'unknown') {
			expect([now, asked]).toEqual([{ kind: 'file', id: 'Q6_K' }, [...new Set(asked)]]);
			return;
		}
		asked.push(now.ask);
		fits[now.ask] = (files.find(({ id }) => id === now.ask)?.sizeBytes ?? 0) <= 60 ? 'fits' : 'tooBig';
	}
});

test('offers the smallest picture part', () => {
	expect(projectorOf([...files, file('mmproj-F32', 16, 'projector')])?.id).toBe('mmproj');
	expect(projectorOf([file('Q4_K_M', 40)])).toBeNull();
});

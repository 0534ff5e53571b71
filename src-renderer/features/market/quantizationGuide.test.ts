import { expect, test } from 'vitest';
import { quantizationGuide } from './quantizationGuide.ts';

test.each([
	['F32', 'full'],
	['BF16', 'full'],
	['Q8_0', 'nearlyLossless'],
	['UD-Q8_K_XL', 'nearlyLossless'],
	['Q6_K', 'veryGood'],
	['Q5_K_M', 'good'],
	['Q4_K_M', 'balanced'],
	['q4_0', 'balanced'],
	['IQ4_XS', 'balanced'],
	['MXFP4_MOE', 'balanced'],
	['Q3_K_S', 'short'],
	['IQ2_XXS', 'strong'],
	['IQ1_S', 'extreme'],
	['imatrix', null],
	[null, null],
])('%s is told as %s', (quantization, guide) => {
	expect(quantizationGuide(quantization)).toBe(guide);
});

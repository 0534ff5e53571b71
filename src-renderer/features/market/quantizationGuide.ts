/** How much a quantization leaves of a model, for a sentence each: `guide.*` of the market's texts. */
export type QuantizationGuide = 'full' | 'nearlyLossless' | 'veryGood' | 'good' | 'balanced' | 'short' | 'strong' | 'extreme';

/**
 * About how many bits a weight takes, by the name of its quantization, as the table of llama.cpp's tools/quantize/README.md has it:
 * the digit of the name and about half a bit for scales. Null for a name that is none.
 */
export function bitsOf(quantization: string): number | null {
	const name = quantization.toUpperCase();
	if (/^(F|FP)32/.test(name)) return 32;
	if (/^(BF|F|FP)16/.test(name)) return 16;
	if (/^MXFP4|^NVFP4/.test(name)) return 4.25;
	const digit = /^(?:UD-)?(?:IQ|TQ|Q)(\d)(?:_|$)/.exec(name)?.[1];
	if (digit === undefined) return null;
	const size = /_XL$/.test(name) ? 0.9 : /_[ML]$/.test(name) ? 0.7 : /_XXS$/.test(name) ? 0.1 : /_XS$/.test(name) ? 0.3 : 0.5;
	return Number(digit) + size;
}

/** What to expect of a quantization; null for a name that says nothing. */
export function quantizationGuide(quantization: string | null): QuantizationGuide | null {
	const bits = quantization === null ? null : bitsOf(quantization);
	if (bits === null) return null;
	if (bits >= 16) return 'full';
	if (bits >= 8) return 'nearlyLossless';
	if (bits >= 6) return 'veryGood';
	if (bits >= 5) return 'good';
	if (bits >= 4) return 'balanced';
	if (bits >= 3) return 'short';
	return bits >= 2 ? 'strong' : 'extreme';
}

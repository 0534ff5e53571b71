import type { ModelKind } from '#contract/library.ts';

/** The types that llama.cpp's quantizations are named after, with what the makers of files put before and after. */
const quantizationForm =
	/(?:^|_|UD-|i1-)((?:I?Q|TQ)\d(?:_(?:[01]|K|NL|XXS|XS|S|M|L))*(?:_(?:XXL|XL|S|M|L))?(?:_\d_\d)?|B?F16|F32|FP16|FP32|MXFP4(?:_MOE)?|NVFP4)$/i;
const standIns: Partial<Record<string, string>> = { FP16: 'F16', FP32: 'F32' };

/**
 * Tells the quantization that a file's name on a hub gives, such as `Q4_K_M`, `UD-Q4_K_XL` or `BF16`; null where it gives none.
 *
 * The name's own words count before those of its folder, the last before others.
 */
export function readQuantization(fileName: string): string | null {
	for (const segment of fileName.split(/[/\\]/).reverse()) {
		const words = segment
			.replace(/\.gguf$/i, '')
			.replace(/-\d{5}-of-\d{5}$/, '')
			.replace(/\b(UD|i1)-(?=I?[QT])/gi, '$1~')
			.split(/[-.\s]+/);
		for (const word of words.reverse()) {
			const named = nameOf(word.replace('~', '-'));
			if (named) return named;
		}
	}
	return null;
}

function nameOf(word: string): string | null {
	const [, bare] = quantizationForm.exec(word) ?? [];
	if (bare === undefined) return null;
	const name = bare.toUpperCase();
	return `${/^UD-/i.test(word) ? 'UD-' : ''}${standIns[name] ?? name}`;
}

/**
 * Tells what kind of file a name on a hub gives; null for names that are no GGUF file's. A hint for lists only: what a
 * file is, is told by its header.
 */
export function kindOfName(fileName: string): ModelKind | null {
	const name = fileName.split(/[/\\]/).at(-1) ?? '';
	if (!/\.gguf$/i.test(name)) return null;
	if (/(^|[-_.])mmproj([-_.]|$)/i.test(name)) return 'projector';
	return /(^|[-_.])(lora|adapter)([-_.]|$)/i.test(name) ? 'adapter' : 'model';
}

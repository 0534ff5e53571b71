import type { GgufValue } from '../../library/gguf/ggufValue.ts';
import { type TensorSource, writeGguf } from '../../library/gguf/writeGguf.ts';
import type { Adapter, LoraPair } from './Adapter.ts';
import { baseDigest, baseDigestKey } from './baseDigest.ts';
import type { Base } from './readBase.ts';
import { refuseDisk } from './refuseDisk.ts';

/**
 * Writes an adapter as the GGUF file that llama.cpp and node-llama-cpp load (`llama_adapter_lora_init_impl` in llama-adapter.cpp).
 *
 * The file appears under its name only when it is whole; a disk that does not take it is a refusal (`disk`). `name` is what it is called
 * where adapters are listed, `more` what else it says about itself.
 */
export async function writeAdapter(file: string, adapter: Adapter, base: Base, name: string, more: Readonly<Record<string, string>> = {}): Promise<void> {
	const text = (value: string): GgufValue => ({ type: 'string', value });
	const content = {
		metadata: {
			...Object.fromEntries(Object.entries(more).map(([key, value]) => [key, text(value)])),
			'general.type': text('adapter'),
			'general.architecture': text(base.shape.architecture),
			'general.name': text(name),
			...(base.shape.name !== null && { 'general.base_model.count': count(1), 'general.base_model.0.name': text(base.shape.name) }),
			[baseDigestKey]: text(baseDigest(base)),
			'adapter.type': text('lora'),
			'adapter.lora.alpha': { type: 'float32', value: adapter.settings.alpha } satisfies GgufValue,
		},
		tensors: [...adapter.pairs.values()].flatMap((pair) => tensorsOf(pair, adapter.settings.rank)),
	};
	await refuseDisk(() => writeGguf(file, content));
}

function count(value: number): GgufValue {
	return { type: 'uint32', value };
}

function tensorsOf({ columns, rows, a, b }: LoraPair, rank: number): TensorSource[] {
	return [
		{
			name: a.name,
			dims: [columns, rank],
			type: 'F32',
			content: { fillRow: (row, index) => row.set(a.values.subarray(index * columns, (index + 1) * columns)) },
		},
		{
			name: b.name,
			dims: [rank, rows],
			type: 'F32',
			content: {
				fillRow(row, index) {
					// It is trained transposed.
					for (let r = 0; r < rank; r++) row[r] = b.values[r * rows + index] ?? 0;
				},
			},
		},
	];
}

import type { GgufValue } from '../../library/gguf/ggufValue.ts';
import { type TensorSource, writeGguf } from '../../library/gguf/writeGguf.ts';
import type { Adapter, LoraPair } from './Adapter.ts';
import type { Base } from './readBase.ts';

/**
 * Writes an adapter as the GGUF file that llama.cpp and node-llama-cpp load (`llama_adapter_lora_init_impl` in llama-adapter.cpp).
 *
 * The file appears under its name only when it is whole. `name` is what it is called where adapters are listed.
 */
export async function writeAdapter(file: string, adapter: Adapter, base: Base, name: string): Promise<void> {
	const text = (value: string): GgufValue => ({ type: 'string', value });
	await writeGguf(file, {
		metadata: {
			'general.type': text('adapter'),
			'general.architecture': text(base.shape.architecture),
			'general.name': text(name),
			...(base.shape.name !== null && { 'general.base_model.count': { type: 'uint32', value: 1 }, 'general.base_model.0.name': text(base.shape.name) }),
			'adapter.type': text('lora'),
			'adapter.lora.alpha': { type: 'float32', value: adapter.settings.alpha },
		},
		tensors: [...adapter.pairs.values()].flatMap((pair) => tensorsOf(pair, adapter.settings.rank)),
	});
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

import { type Tensor, tensorType } from './ggml.ts';
import type { FilePair } from './readAdapterFile.ts';
import type { FileTensor, ModelFile } from './readModelFile.ts';
import { rowsOf, TensorReader } from './TensorReader.ts';
import type { Allocation, Workbench } from './Workbench.ts';

/** A tensor of a merged model: where it comes from, what is added to it, and how it is stored. */
export interface MergedTensor {
	from: FileTensor;
	pair: FilePair | null;
	typeId: number;
	bytes: number;
}

/** Of values that lie open at once. */
const pieceValues = 2 ** 21;
const pieceBytes = 2 ** 22;

/** Computes the tensors of a model with an adapter added, piece by piece. */
export class Merger {
	readonly #bench: Workbench;
	readonly #model: TensorReader;
	readonly #adapter: TensorReader;
	readonly #scale: number;

	/** `scale`: how strongly the adapter is added; 1 is as it was trained. */
	constructor(bench: Workbench, files: { model: ModelFile; adapter: ModelFile }, scale: number) {
		this.#bench = bench;
		this.#model = new TensorReader(bench, files.model);
		this.#adapter = new TensorReader(bench, files.adapter);
		this.#scale = scale;
	}

	/** The bytes of a tensor in order. */
	*pieces(tensor: MergedTensor): Generator<Uint8Array> {
		const { from, pair, typeId } = tensor;
		if (!pair && typeId === from.typeId) {
			for (let offset = 0; offset < from.bytes; offset += pieceBytes) yield this.#model.readBytes(from, offset, Math.min(pieceBytes, from.bytes - offset));
			return;
		}
		const columns = from.dims[0] ?? 1;
		const rows = rowsOf(from);
		const atOnce = Math.max(1, Math.floor(pieceValues / columns));
		const a = pair && this.#turnedA(pair, columns);
		try {
			for (let first = 0; first < rows; first += atOnce) {
				const count = Math.min(atOnce, rows - first);
				const values = this.#model.readFloats(from, first, count);
				const changed = a && pair ? this.#add(values, a.tensors, pair, { first, count, columns }) : values;
				yield this.#stored(changed, typeId, { rows: count, columns, bytes: (tensor.bytes / rows) * count });
			}
		} finally {
			a?.free();
		}
	}

	close(): void {
		this.#model.close();
		this.#adapter.close();
	}

	/** A the other way around, as a product of rows wants it. */
	#turnedA({ a, rank }: FilePair, columns: number): Allocation<Tensor> {
		const values = this.#adapter.readFloats(a, 0, rank);
		const turned = Float32Array.from({ length: columns * rank }, (_, i) => values[(i % rank) * columns + Math.floor(i / rank)] ?? 0);
		const room = this.#bench.allocate(1, (context) => this.#bench.ggml.new_tensor_2d(context, tensorType.F32, rank, columns));
		this.#bench.write(room.tensors, turned);
		return room;
	}

	#add(values: Float32Array, a: Tensor, pair: FilePair, { first, count, columns }: { first: number; count: number; columns: number }): Float32Array {
		const { ggml } = this.#bench;
		const room = this.#bench.allocate(2, (context) => ({
			w: ggml.new_tensor_2d(context, tensorType.F32, columns, count),
			b: ggml.new_tensor_2d(context, tensorType.F32, pair.rank, count),
		}));
		try {
			this.#bench.write(room.tensors.w, values);
			this.#bench.write(room.tensors.b, this.#adapter.readFloats(pair.b, first, count));
			const sum = this.#bench.run((context, graph) => {
				const change = ggml.scale(context, ggml.mul_mat(context, a, room.tensors.b), pair.scale * this.#scale);
				const merged = ggml.add(context, room.tensors.w, change);
				ggml.set_output(merged);
				ggml.build_forward_expand(graph, merged);
				return merged;
			});
			return this.#bench.read(sum, values);
		} finally {
			room.free();
		}
	}

	#stored(values: Float32Array, typeId: number, { rows, columns, bytes }: { rows: number; columns: number; bytes: number }): Uint8Array {
		const stored = new Uint8Array(bytes);
		this.#bench.ggml.quantize_chunk(typeId, values, stored, 0, rows, columns, null);
		return stored;
	}
}

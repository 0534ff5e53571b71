import { closeSync, openSync, readSync } from 'node:fs';
import type { BufferType, Context, Tensor } from './ggml.ts';
import { tensorType } from './ggml.ts';
import type { Base } from './readBase.ts';
import type { FileTensor } from './readModelFile.ts';
import type { Allocation, Workbench } from './Workbench.ts';

/** A frozen matrix in memory: y = Wx, W as the file stores it. */
export interface FrozenMatrix {
	name: string;
	/** Length of x. */
	columns: number;
	/** Length of y. */
	rows: number;
	typeId: number;
	tensor: Tensor;
	/** The order of its values is the processor's own: it can be multiplied with and nothing else. */
	packed: boolean;
}

const pieceBytes = 4 * 2 ** 20;

/**
 * The weights of the model that is trained, in the types its file has them in, each where this processor multiplies fastest.
 *
 * The embedding is not kept: of a step's few hundred tokens the rows are read from the file.
 */
export class BaseWeights {
	readonly base: Base;
	readonly #bench: Workbench;
	/** Open files, of each part of the model. */
	readonly #files: readonly number[];
	readonly #matrices = new Map<string, FrozenMatrix>();
	readonly #vectors = new Map<string, Tensor>();
	#piece = new Uint8Array(pieceBytes);
	sizeBytes = 0;

	/** `onProgress` is told how much of the model is there, 0..1. */
	constructor(bench: Workbench, base: Base, onProgress: (fraction: number) => void = () => {}) {
		this.#bench = bench;
		this.base = base;
		this.#files = base.paths.map((path) => openSync(path, 'r'));
		let loaded = 0;
		for (const tensor of base.tensors.values()) {
			onProgress(loaded / base.fileBytes);
			loaded += tensor.bytes;
			if (tensor.dims.length > 1) {
				if (tensor.name !== 'token_embd.weight' || !base.tensors.has('output.weight')) this.#matrices.set(tensor.name, this.#loadMatrix(tensor));
			} else this.#vectors.set(tensor.name, this.#loadVector(tensor));
		}
		this.#piece = new Uint8Array(0);
	}

	/** A matrix that the model is known to have. */
	matrix(name: string): FrozenMatrix {
		const matrix = this.#matrices.get(name);
		if (!matrix) throw new RangeError(`The model has no matrix ${name}`);
		return matrix;
	}

	/** A norm, a bias or rope factors; null where the model has none of this name. */
	vector(name: string): Tensor | null {
		return this.#vectors.get(name) ?? null;
	}

	/** What makes logits: the embedding, where the model has no matrix of its own for it. */
	get head(): FrozenMatrix {
		return this.matrix(this.base.tensors.has('output.weight') ? 'output.weight' : 'token_embd.weight');
	}

	/** The rows of a matrix for some tokens, in the type that the file has them in. */
	readRows(name: string, rows: ArrayLike<number>): Uint8Array {
		const tensor = this.#described(name);
		const rowBytes = tensor.bytes / (tensor.dims[1] ?? 1);
		const bytes = new Uint8Array(rows.length * rowBytes);
		for (let i = 0; i < rows.length; i++) this.#read(tensor, bytes.subarray(i * rowBytes, (i + 1) * rowBytes), (rows[i] ?? 0) * rowBytes);
		return bytes;
	}

	/** Copies a tensor as it lies in the file to where there is room for it. */
	copyTo(target: Tensor, name: string): void {
		const tensor = this.#described(name);
		this.#fill(target, tensor, pieceBytes);
	}

	/** Reads a whole tensor as it lies in the file. */
	copyInto(bytes: Uint8Array, name: string): void {
		this.#read(this.#described(name), bytes, 0);
	}

	/** Leaves the memory to the workbench. */
	close(): void {
		for (const file of this.#files) closeSync(file);
	}

	#read(tensor: FileTensor, into: Uint8Array, offset: number): void {
		readFully(this.#files[tensor.part] ?? -1, into, tensor.offset + offset);
	}

	#described(name: string): FileTensor {
		const tensor = this.base.tensors.get(name);
		if (!tensor) throw new RangeError(`The model has no tensor ${name}`);
		return tensor;
	}

	#loadVector(tensor: FileTensor): Tensor {
		const { tensors, sizeBytes } = this.#bench.allocate(1, (context) => this.#bench.ggml.new_tensor_1d(context, tensor.typeId, tensor.dims[0] ?? 1));
		this.#fill(tensors, tensor, pieceBytes);
		this.sizeBytes += sizeBytes;
		return tensors;
	}

	#loadMatrix(tensor: FileTensor): FrozenMatrix {
		const { ggml, weightTypes } = this.#bench;
		const [columns = 1, rows = 1] = tensor.dims;
		const layOut = (context: Context) => ggml.new_tensor_2d(context, tensor.typeId, columns, rows);
		const packed = weightTypes.map((type) => this.#tryPacked(layOut, type, columns)).find((allocation) => allocation !== null);
		const { tensors, sizeBytes } = packed ?? this.#bench.allocate(1, layOut, { forWeights: true });
		// Packing wants the whole tensor at once.
		this.#fill(tensors, tensor, packed ? tensor.bytes : pieceBytes);
		this.sizeBytes += sizeBytes;
		return { name: tensor.name, columns, rows, typeId: tensor.typeId, tensor: tensors, packed: packed !== undefined };
	}

	/** Room in the processor's own order, if products with such a matrix can be computed there. */
	#tryPacked(layOut: (context: Context) => Tensor, type: BufferType, columns: number): Allocation<Tensor> | null {
		const { ggml, device } = this.#bench;
		const layOutProduct = (context: Context) => {
			const tensor = layOut(context);
			return { tensor, context };
		};
		const allocation = this.#bench.allocate(4, layOutProduct, { type, forWeights: true });
		const { tensor, context } = allocation.tensors;
		const product = ggml.mul_mat(context, tensor, ggml.new_tensor_2d(context, tensorType.F32, columns, 2));
		if (ggml.backend_dev_supports_op(device, product)) return { ...allocation, tensors: tensor };
		allocation.free();
		return null;
	}

	#fill(target: Tensor, tensor: FileTensor, atOnceBytes: number): void {
		const bytes = Math.min(atOnceBytes, tensor.bytes);
		// One for all: what is let go of is not given back before the next collection.
		if (this.#piece.length < bytes) this.#piece = new Uint8Array(bytes);
		for (let offset = 0; offset < tensor.bytes; offset += bytes) {
			const part = this.#piece.subarray(0, Math.min(bytes, tensor.bytes - offset));
			this.#read(tensor, part, offset);
			this.#bench.write(target, part, offset);
		}
	}
}

function readFully(file: number, into: Uint8Array, position: number): void {
	for (let filled = 0; filled < into.length; ) {
		const read = readSync(file, into, filled, into.length - filled, position + filled);
		if (read === 0) throw new Error('The model file became shorter while it was read');
		filled += read;
	}
}

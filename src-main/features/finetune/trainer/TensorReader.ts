import { closeSync, openSync, readSync } from 'node:fs';
import { tensorType } from './ggml.ts';
import type { FileTensor, ModelFile } from './readModelFile.ts';
import type { Workbench } from './Workbench.ts';

/** Reads the tensors of a GGUF file a few rows at a time, as they lie and as numbers. */
export class TensorReader {
	readonly #bench: Workbench;
	readonly #files: readonly number[];

	constructor(bench: Workbench, file: ModelFile) {
		this.#bench = bench;
		this.#files = file.paths.map((path) => openSync(path, 'r'));
	}

	/** Bytes of a tensor from an offset within it. */
	readBytes({ part, offset }: FileTensor, from: number, bytes: number): Uint8Array {
		const into = new Uint8Array(bytes);
		for (let filled = 0; filled < bytes; ) {
			const read = readSync(this.#files[part] ?? -1, into, filled, bytes - filled, offset + from + filled);
			if (read === 0) throw new Error('A model file became shorter while it was read');
			filled += read;
		}
		return into;
	}

	/** Some rows as the file stores them. */
	readRows(tensor: FileTensor, first: number, rows: number): Uint8Array {
		const each = tensor.bytes / rowsOf(tensor);
		return this.readBytes(tensor, first * each, rows * each);
	}

	/** Some rows as numbers, whatever type they are stored as. */
	readFloats(tensor: FileTensor, first: number, rows: number): Float32Array {
		const bytes = this.readRows(tensor, first, rows);
		if (tensor.typeId === tensorType.F32) return new Float32Array(bytes.buffer);
		const { ggml } = this.#bench;
		const columns = tensor.dims[0] ?? 1;
		const stored = this.#bench.allocate(1, (context) => ggml.new_tensor_2d(context, tensor.typeId, columns, rows));
		try {
			this.#bench.write(stored.tensors, bytes);
			const open = this.#bench.run((context, graph) => {
				const floats = ggml.cast(context, stored.tensors, tensorType.F32);
				ggml.set_output(floats);
				ggml.build_forward_expand(graph, floats);
				return floats;
			});
			return this.#bench.read(open, new Float32Array(columns * rows));
		} finally {
			stored.free();
		}
	}

	close(): void {
		for (const file of this.#files) closeSync(file);
	}
}

/** Rows of a tensor, however many dimensions it has. */
export function rowsOf({ dims }: Pick<FileTensor, 'dims'>): number {
	return dims.slice(1).reduce((product, length) => product * length, 1);
}

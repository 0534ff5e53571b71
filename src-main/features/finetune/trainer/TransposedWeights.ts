import { ggmlTypes } from '../../library/gguf/ggmlTypes.ts';
import type { BaseWeights, FrozenMatrix } from './BaseWeights.ts';
import { type Tensor, tensorType } from './ggml.ts';
import type { Workbench } from './Workbench.ts';

/** Q8_0 stores this many neighbours together, so a row must be a whole number of them. */
const q8Block = 32;
const mostOpenBytes = 8 * 2 ** 20;

/**
 * The frozen matrices the other way around, for the backward pass: dx = Wᵀ·dy is a product with Wᵀ.
 *
 * F32 stays F32. Everything else becomes Q8_0, with which the backward pass runs at the speed of a prompt; that rounds gradients
 * by less than half a percent. There is one layer of them at a time, and that of the head; what fits into the
 * memory that is given besides (`spend`) is made once and kept.
 */
export class TransposedWeights {
	readonly #bench: Workbench;
	readonly #weights: BaseWeights;
	readonly #kept = new Map<string, Tensor>();
	/** Room for the others, by what the matrices of one kind share: shape and name within a layer. */
	readonly #rooms = new Map<string, { tensor: Tensor; holds: string }>();
	readonly #plain = new Map<string, Tensor>();
	#freeBytes = 0;

	constructor(bench: Workbench, weights: BaseWeights) {
		this.#bench = bench;
		this.#weights = weights;
	}

	/** Gives so many bytes more for transposes that are made once and kept. */
	spend(bytes: number): void {
		this.#freeBytes += Math.max(0, bytes);
	}

	/** Makes sure that the transposes of `matrices` are there at once, until others of the same kinds are asked for. */
	prepare(matrices: readonly FrozenMatrix[]): void {
		for (const matrix of matrices) {
			const held = this.#kept.has(matrix.name) || this.#rooms.get(kindOf(matrix))?.holds === matrix.name;
			if (held) continue;
			const bytes = transposedBytes(matrix);
			if (bytes <= this.#freeBytes) {
				this.#freeBytes -= bytes;
				const tensor = this.#room(matrix);
				this.#kept.set(matrix.name, tensor);
				this.#transpose(matrix, tensor);
				continue;
			}
			const kind = kindOf(matrix);
			const room = this.#rooms.get(kind) ?? { tensor: this.#room(matrix), holds: '' };
			this.#rooms.set(kind, room);
			this.#transpose(matrix, room.tensor);
			room.holds = matrix.name;
		}
	}

	/** The transpose of a matrix that was prepared. */
	of(matrix: FrozenMatrix): Tensor {
		const kept = this.#kept.get(matrix.name);
		if (kept) return kept;
		const room = this.#rooms.get(kindOf(matrix));
		if (room?.holds !== matrix.name) throw new Error(`The transpose of ${matrix.name} was not prepared`);
		return room.tensor;
	}

	#room(matrix: FrozenMatrix): Tensor {
		const { ggml } = this.#bench;
		return this.#bench.allocate(1, (context) => ggml.new_tensor_2d(context, transposedType(matrix), matrix.rows, matrix.columns), { forWeights: true }).tensors;
	}

	/** Some columns at a time, which become rows: so the values that lie open as F32 in between stay few. */
	#transpose(matrix: FrozenMatrix, target: Tensor): void {
		const { ggml } = this.#bench;
		const source = matrix.packed ? this.#unpacked(matrix) : matrix.tensor;
		const { blockElements, blockBytes } = ggmlTypes.get(matrix.typeId) ?? { blockElements: 1, blockBytes: 4 };
		const atOnce = Math.max(1, Math.floor(mostOpenBytes / (matrix.rows * 4 * blockElements))) * blockElements;
		const rowBytes = (matrix.columns / blockElements) * blockBytes;
		const targetRowBytes = transposedBytes(matrix) / matrix.columns;
		for (let first = 0; first < matrix.columns; first += atOnce) {
			const count = Math.min(atOnce, matrix.columns - first);
			this.#bench.run((context, graph) => {
				const part = ggml.view_2d(context, source, count, matrix.rows, rowBytes, (first / blockElements) * blockBytes);
				const plain = matrix.typeId === tensorType.F32 ? part : ggml.cast(context, part, tensorType.F32);
				const room = ggml.view_2d(context, target, matrix.rows, count, targetRowBytes, first * targetRowBytes);
				ggml.build_forward_expand(graph, ggml.cpy(context, ggml.cont(context, ggml.transpose(context, plain)), room));
			});
		}
	}

	/** A packed matrix cannot be read back, so it comes from the file again. */
	#unpacked(matrix: FrozenMatrix): Tensor {
		const { ggml } = this.#bench;
		const key = `${matrix.typeId} ${matrix.columns} ${matrix.rows}`;
		const room = this.#plain.get(key) ?? this.#bench.allocate(1, (context) => ggml.new_tensor_2d(context, matrix.typeId, matrix.columns, matrix.rows)).tensors;
		this.#plain.set(key, room);
		this.#weights.copyTo(room, matrix.name);
		return room;
	}
}

function kindOf({ name, columns, rows, typeId }: FrozenMatrix): string {
	return `${name.replace(/^blk\.\d+\./, '')} ${columns} ${rows} ${typeId === tensorType.F32}`;
}

function transposedType({ typeId, rows }: FrozenMatrix): number {
	return typeId === tensorType.F32 || rows % q8Block !== 0 ? tensorType.F32 : tensorType.Q8_0;
}

function transposedBytes(matrix: FrozenMatrix): number {
	return matrix.columns * matrix.rows * (transposedType(matrix) === tensorType.F32 ? 4 : 34 / q8Block);
}

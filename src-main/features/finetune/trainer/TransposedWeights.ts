import { ggmlTypes } from '../../library/gguf/ggmlTypes.ts';
import type { BaseWeights, FrozenMatrix } from './BaseWeights.ts';
import { type Context, type Tensor, tensorType } from './ggml.ts';
import type { Allocation, Workbench } from './Workbench.ts';

/** Q8_0 stores this many neighbours together, so a row must be a whole number of them. */
const q8Block = 32;
const mostOpenBytes = 8 * 2 ** 20;
/** Of the columns that are turned at once. */
const mostIdentityColumns = 4096;

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
	/** Of those that are kept: what must be made anew. */
	readonly #stale = new Set<string>();
	#identities: Tensor | null = null;
	#freeBytes = 0;

	constructor(bench: Workbench, weights: BaseWeights) {
		this.#bench = bench;
		this.#weights = weights;
	}

	/** Gives so many bytes more for transposes that are made once and kept. */
	spend(bytes: number): void {
		this.#freeBytes += Math.max(0, bytes);
	}

	/** The weights have changed: every transpose is made anew when it is asked for next. */
	forget(): void {
		for (const room of this.#rooms.values()) room.holds = '';
		for (const name of this.#kept.keys()) this.#stale.add(name);
	}

	/** Makes sure that the transposes of `matrices` are there at once, until others of the same kinds are asked for. */
	prepare(matrices: readonly FrozenMatrix[]): void {
		for (const matrix of matrices) {
			const kept = this.#kept.get(matrix.name);
			if (kept && this.#stale.delete(matrix.name)) this.#transpose(matrix, kept);
			const held = kept !== undefined || this.#rooms.get(kindOf(matrix))?.holds === matrix.name;
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

	#transpose(matrix: FrozenMatrix, target: Tensor): void {
		if (this.#bench.onCard) this.#transposeOnCard(matrix, target);
		else this.#transposeOnProcessor(matrix, target);
	}

	/**
	 * Some rows at a time, which become columns. Rows are read by their numbers, for which every card knows every quantization; of parts of
	 * quantized rows, which the processor turns, none knows anything.
	 */
	#transposeOnCard(matrix: FrozenMatrix, target: Tensor): void {
		const { ggml } = this.#bench;
		const { rows, columns } = matrix;
		// Whole blocks of Q8_0: a piece is a part of each row of the target.
		const atOnce = Math.max(1, Math.floor(mostOpenBytes / (columns * 4 * q8Block))) * q8Block;
		const [valueBytes, values] = transposedType(matrix) === tensorType.F32 ? [4, 1] : [34, q8Block];
		const numbers = this.#bench.allocate(1, (context) => ggml.new_tensor_1d(context, tensorType.I32, Math.min(atOnce, rows)));
		for (let first = 0; first < rows; first += atOnce) {
			const count = Math.min(atOnce, rows - first);
			this.#bench.write(
				numbers.tensors,
				Int32Array.from({ length: count }, (_, i) => first + i),
			);
			this.#bench.run((context, graph) => {
				const open = ggml.get_rows(context, matrix.tensor, ggml.view_1d(context, numbers.tensors, count, 0));
				const turned = ggml.cont(context, ggml.transpose(context, open));
				const room = ggml.view_2d(context, target, count, columns, (rows / values) * valueBytes, (first / values) * valueBytes);
				ggml.build_forward_expand(graph, ggml.cpy(context, turned, room));
			});
		}
		numbers.free();
	}

	/** Some columns at a time, which become rows: so the values that lie open as F32 in between stay few. */
	#transposeOnProcessor(matrix: FrozenMatrix, target: Tensor): void {
		const { ggml } = this.#bench;
		const plain = matrix.packed ? this.#unpacked(matrix) : null;
		const source = plain?.tensors ?? matrix.tensor;
		const { blockElements, blockBytes } = ggmlTypes.get(matrix.typeId) ?? { blockElements: 1, blockBytes: 4 };
		const wanted = Math.floor(mostOpenBytes / (matrix.rows * 4 * blockElements));
		const atOnce = Math.max(1, Math.min(wanted, Math.floor(mostIdentityColumns / blockElements))) * blockElements;
		const rowBytes = (matrix.columns / blockElements) * blockBytes;
		const targetRowBytes = transposedBytes(matrix) / matrix.columns;
		for (let first = 0; first < matrix.columns; first += atOnce) {
			const count = Math.min(atOnce, matrix.columns - first);
			const offset = (first / blockElements) * blockBytes;
			this.#bench.run((context, graph) => {
				const turned = blockElements === q8Block ? this.#turnBlocks(context, source, matrix.rows, count, rowBytes, blockBytes, offset) : turnOpen(context);
				const room = ggml.view_2d(context, target, matrix.rows, count, targetRowBytes, first * targetRowBytes);
				ggml.build_forward_expand(graph, ggml.cpy(context, turned, room));
			});

			function turnOpen(context: Context): Tensor {
				const part = ggml.view_2d(context, source, count, matrix.rows, rowBytes, offset);
				const open = matrix.typeId === tensorType.F32 ? part : ggml.cast(context, part, tensorType.F32);
				return ggml.cont(context, ggml.transpose(context, open));
			}
		}
		plain?.free();
	}

	/**
	 * The same by a product: block after block of 32 columns times the identity gives those columns as rows. A third faster than opening
	 * the blocks and copying value by value; it rounds by less than one in ten thousand.
	 */
	#turnBlocks(context: Context, source: Tensor, rows: number, count: number, rowBytes: number, blockBytes: number, offset: number): Tensor {
		const { ggml } = this.#bench;
		const blocks = count / q8Block;
		const identity = ggml.view_3d(context, this.#identity(), q8Block, q8Block, blocks, q8Block * 4, q8Block * q8Block * 4, 0);
		const turned = ggml.mul_mat(context, ggml.view_3d(context, source, q8Block, rows, blocks, rowBytes, blockBytes, offset), identity);
		return ggml.reshape_2d(context, turned, rows, count);
	}

	#identity(): Tensor {
		if (this.#identities) return this.#identities;
		const { tensors } = this.#bench.allocate(1, (context) => this.#bench.ggml.new_tensor_1d(context, tensorType.F32, q8Block * mostIdentityColumns));
		this.#bench.write(
			tensors,
			Float32Array.from({ length: q8Block * mostIdentityColumns }, (_, i) => (i % q8Block === Math.floor(i / q8Block) % q8Block ? 1 : 0)),
		);
		this.#identities = tensors;
		return tensors;
	}

	/** A packed matrix cannot be read back, so it comes from the file again. The caller frees it. */
	#unpacked(matrix: FrozenMatrix): Allocation<Tensor> {
		const { ggml } = this.#bench;
		const plain = this.#bench.allocate(1, (context) => ggml.new_tensor_2d(context, matrix.typeId, matrix.columns, matrix.rows));
		this.#weights.copyTo(plain.tensors, matrix.name);
		return plain;
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

import type { Backend, Buffer, BufferType, Context, Device, Ggml, Graph, Scheduler, Tensor } from './ggml.ts';
import { TrainerRefusal } from './TrainerRefusal.ts';

/** `GGML_BACKEND_DEVICE_TYPE_CPU` */
const cpu = 0;
/** `GGML_BACKEND_BUFFER_USAGE_WEIGHTS`: products with these run where they lie. */
const weights = 1;
const mostNodes = 8192;
const scratchBytes = 16 * 2 ** 20;
/** Of a tensor's description, without its values; `ggml_tensor_overhead` is 368. */
const descriptionBytes = 512;

/** Tensors that stay where they are until they are freed. */
export interface Allocation<T> {
	tensors: T;
	sizeBytes: number;
	free(): void;
}

/**
 * The place where a training computes: one back end, the buffers that were asked of it, and a scratch space that every graph uses
 * in turn, so that memory grows with the largest graph and not with their number.
 */
export class Workbench {
	readonly ggml: Ggml;
	readonly device: Device;
	readonly #backend: Backend;
	readonly #scheduler: Scheduler;
	readonly #scratch: Context;
	readonly #allocations = new Set<{ free(): void }>();
	/** Where this processor likes its weights to lie, first choice first; the plain place is not among them. */
	readonly weightTypes: readonly BufferType[];

	readonly #onWork: () => void;

	/**
	 * @param threads to compute with, 1 or more
	 * @param onWork called before each graph
	 */
	constructor(ggml: Ggml, threads: number, onWork: () => void = () => {}) {
		this.ggml = ggml;
		this.#onWork = onWork;
		this.device = present(ggml.backend_dev_by_type(cpu), 'No back end of llama.cpp runs on this processor.');
		this.#backend = present(ggml.backend_dev_init(this.device, null), 'The back end of llama.cpp for this processor did not start.');
		ggml.setThreads(this.device, this.#backend, threads);
		this.#scheduler = present(ggml.backend_sched_new([this.#backend], null, 1, mostNodes, false, false), 'llama.cpp could not prepare its scheduler.');
		this.#scratch = this.#context(scratchBytes);
		this.weightTypes = ggml.extraBufferTypes(this.device);
	}

	/** Makes room for the `count` tensors at most that `layOut` makes. Their values are undefined until they are set. */
	allocate<T>(count: number, layOut: (context: Context) => T, options: { type?: BufferType; forWeights?: boolean } = {}): Allocation<T> {
		const { ggml } = this;
		const context = this.#context((count + 1) * descriptionBytes);
		const tensors = layOut(context);
		const buffer: Buffer | null = ggml.backend_alloc_ctx_tensors_from_buft(context, options.type ?? ggml.backend_dev_buffer_type(this.device));
		if (!buffer) {
			ggml.free(context);
			throw new TrainerRefusal('outOfMemory', 'There is not enough memory for this training.');
		}
		if (options.forWeights) ggml.backend_buffer_set_usage(buffer, weights);
		const free = () => {
			if (!this.#allocations.delete(allocation)) return;
			ggml.backend_buffer_free(buffer);
			ggml.free(context);
		};
		const allocation = { tensors, sizeBytes: Number(ggml.backend_buffer_get_size(buffer)), free };
		this.#allocations.add(allocation);
		return allocation;
	}

	/**
	 * Computes what `build` expands its graph with. Tensors that it returns can be read until the next graph, if they were set as
	 * outputs or belong to an allocation.
	 */
	run<T>(build: (context: Context, graph: Graph) => T): T {
		const { ggml } = this;
		this.#onWork();
		ggml.reset(this.#scratch);
		const graph = ggml.new_graph_custom(this.#scratch, mostNodes, false);
		const result = build(this.#scratch, graph);
		ggml.backend_sched_reset(this.#scheduler);
		if (!ggml.backend_sched_alloc_graph(this.#scheduler, graph))
			throw new TrainerRefusal('outOfMemory', 'There is not enough memory for a step of this training.');
		ggml.compute(this.#scheduler, graph);
		return result;
	}

	write(tensor: Tensor, values: Float32Array | Int32Array | BigInt64Array | Uint8Array, offsetBytes = 0): void {
		this.ggml.backend_tensor_set(tensor, values, offsetBytes, values.byteLength);
	}

	/** Fills `into` with the tensor's first values. */
	read<T extends Float32Array | Uint8Array>(tensor: Tensor, into: T): T {
		this.ggml.backend_tensor_get(tensor, into, 0, into.byteLength);
		return into;
	}

	/** Bytes that graphs have needed so far beside what was allocated. */
	get scratchBytes(): number {
		return Number(this.ggml.backend_sched_get_buffer_size(this.#scheduler, this.#backend));
	}

	/** Gives all memory back, what was allocated too. */
	close(): void {
		for (const allocation of this.#allocations) allocation.free();
		this.ggml.backend_sched_free(this.#scheduler);
		this.ggml.backend_free(this.#backend);
		this.ggml.free(this.#scratch);
	}

	#context(sizeBytes: number): Context {
		return present(this.ggml.init({ mem_size: sizeBytes, mem_buffer: null, no_alloc: true }), 'There is not enough memory for this training.');
	}
}

function present<T>(value: T | null, sentence: string): T {
	if (value === null) throw new TrainerRefusal('outOfMemory', sentence);
	return value;
}

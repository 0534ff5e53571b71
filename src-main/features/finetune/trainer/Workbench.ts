import {
	type Backend,
	type Buffer,
	type BufferType,
	type Context,
	type Device,
	deviceType,
	type Ggml,
	type Graph,
	type Scheduler,
	type Tensor,
} from './ggml.ts';
import { TrainerRefusal } from './TrainerRefusal.ts';

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
 * The place where a training computes: a graphics card with the processor behind it, or the processor alone; the buffers that were asked of
 * it, and a scratch space that every graph uses in turn, so that memory grows with the largest graph and not with their number.
 *
 * All buffers lie where `device` is. An operation that a card does not know goes to the processor, and ggml's scheduler copies what it needs.
 */
export class Workbench {
	readonly ggml: Ggml;
	/** What computes: the card where there is one. */
	readonly device: Device;
	/** Whether that is a graphics card. */
	readonly onCard: boolean;
	/** The device's first. */
	readonly #backends: readonly Backend[];
	readonly #scheduler: Scheduler;
	readonly #scratch: Context;
	readonly #allocations = new Set<{ sizeBytes: number; free(): void }>();
	/** Where this processor likes its weights to lie, first choice first; the plain place is not among them. */
	readonly weightTypes: readonly BufferType[];

	readonly #onWork: () => void;

	/**
	 * @param threads to compute with, 1 or more
	 * @param onWork called before each graph
	 * @param card to compute on
	 */
	constructor(ggml: Ggml, threads: number, onWork: () => void = () => {}, card: Device | null = null) {
		this.ggml = ggml;
		this.#onWork = onWork;
		const processor = present(ggml.backend_dev_by_type(deviceType.processor), 'No back end of llama.cpp runs on this processor.');
		this.device = card ?? processor;
		this.onCard = card !== null;
		const ofCard = card === null ? [] : [present(ggml.backend_dev_init(card, null), 'The back end of llama.cpp for this graphics card did not start.')];
		const ofProcessor = present(ggml.backend_dev_init(processor, null), 'The back end of llama.cpp for this processor did not start.');
		this.#backends = [...ofCard, ofProcessor];
		for (const [i, backend] of this.#backends.entries()) ggml.setThreads(i === 0 ? this.device : processor, backend, threads);
		const scheduler = ggml.backend_sched_new([...this.#backends], null, this.#backends.length, mostNodes, false, false);
		this.#scheduler = present(scheduler, 'llama.cpp could not prepare its scheduler.');
		this.#scratch = this.#context(scratchBytes);
		// The order in which a processor likes its weights is of no use to a card.
		this.weightTypes = this.onCard ? [] : ggml.extraBufferTypes(processor);
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

	/** Bytes that graphs have needed so far on the device beside what was allocated. */
	get scratchBytes(): number {
		const [backend] = this.#backends;
		return backend === undefined ? 0 : Number(this.ggml.backend_sched_get_buffer_size(this.#scheduler, backend));
	}

	/** Bytes of the card that are taken, graphs included; null where the processor computes. */
	get cardBytes(): number | null {
		if (!this.onCard) return null;
		return [...this.#allocations].reduce((sum, { sizeBytes }) => sum + sizeBytes, this.scratchBytes);
	}

	/** Gives all memory back, what was allocated too. */
	close(): void {
		for (const allocation of this.#allocations) allocation.free();
		this.ggml.backend_sched_free(this.#scheduler);
		for (const backend of this.#backends) this.ggml.backend_free(backend);
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

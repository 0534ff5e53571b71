import koffi from 'koffi';
import type { GgmlFiles } from './findLibraries.ts';
import { TrainerRefusal } from './TrainerRefusal.ts';

declare const kind: unique symbol;
type Handle<Name extends string> = bigint & { readonly [kind]: Name };

/** Addresses of ggml's own objects. They are never looked into from here. */
export type Tensor = Handle<'tensor'>;
export type Context = Handle<'context'>;
export type Graph = Handle<'graph'>;
export type Backend = Handle<'backend'>;
export type Buffer = Handle<'buffer'>;
export type BufferType = Handle<'bufferType'>;
export type Device = Handle<'device'>;
export type Scheduler = Handle<'scheduler'>;
type Registration = Handle<'registration'>;
type FunctionAddress = Handle<'function'>;

/** The release of ggml that the signatures below were read from, in the source bundle of node-llama-cpp 3.22.1. */
export const ggmlVersion = '0.25.1';

/** The numbers of `ggml_type` that are named in the code. */
export const tensorType = { F32: 0, F16: 1, Q8_0: 8, I32: 26, I64: 27 } as const;
/** `ggml_backend_dev_type`: a card of its own, and one that shares the processor's memory. */
export const deviceType = { processor: 0, card: 1, sharedCard: 2 } as const;
/** `GGML_PREC_F32` */
export const exactProduct = 10;
/** `ggml_status` of a graph that was computed. */
const success = 0;

/** What is used of ggml, without the prefix `ggml_`. All sizes are in bytes, all shapes innermost first. */
interface Functions {
	version(): string;
	init(params: { mem_size: number; mem_buffer: null; no_alloc: boolean }): Context | null;
	reset(context: Context): void;
	free(context: Context): void;
	new_tensor_1d(context: Context, type: number, n0: number): Tensor;
	new_tensor_2d(context: Context, type: number, n0: number, n1: number): Tensor;
	view_1d(context: Context, a: Tensor, n0: number, offset: number): Tensor;
	view_2d(context: Context, a: Tensor, n0: number, n1: number, stride1: number, offset: number): Tensor;
	view_3d(context: Context, a: Tensor, n0: number, n1: number, n2: number, stride1: number, stride2: number, offset: number): Tensor;
	reshape_2d(context: Context, a: Tensor, n0: number, n1: number): Tensor;
	reshape_3d(context: Context, a: Tensor, n0: number, n1: number, n2: number): Tensor;
	permute(context: Context, a: Tensor, axis0: number, axis1: number, axis2: number, axis3: number): Tensor;
	transpose(context: Context, a: Tensor): Tensor;
	cont(context: Context, a: Tensor): Tensor;
	cont_2d(context: Context, a: Tensor, n0: number, n1: number): Tensor;
	cont_3d(context: Context, a: Tensor, n0: number, n1: number, n2: number): Tensor;
	repeat_4d(context: Context, a: Tensor, n0: number, n1: number, n2: number, n3: number): Tensor;
	cast(context: Context, a: Tensor, type: number): Tensor;
	cpy(context: Context, from: Tensor, to: Tensor): Tensor;
	/** a, with b added to a view of it. */
	acc(context: Context, a: Tensor, b: Tensor, stride1: number, stride2: number, stride3: number, offset: number): Tensor;
	concat(context: Context, a: Tensor, b: Tensor, dimension: number): Tensor;
	add(context: Context, a: Tensor, b: Tensor): Tensor;
	sub(context: Context, a: Tensor, b: Tensor): Tensor;
	mul(context: Context, a: Tensor, b: Tensor): Tensor;
	div(context: Context, a: Tensor, b: Tensor): Tensor;
	sqr(context: Context, a: Tensor): Tensor;
	/** The sum of each row. */
	sum_rows(context: Context, a: Tensor): Tensor;
	silu(context: Context, a: Tensor): Tensor;
	/** dx of `silu` from dy and x. */
	silu_back(context: Context, dy: Tensor, x: Tensor): Tensor;
	swiglu_split(context: Context, gate: Tensor, up: Tensor): Tensor;
	geglu_split(context: Context, gate: Tensor, up: Tensor): Tensor;
	scale(context: Context, a: Tensor, factor: number): Tensor;
	scale_bias(context: Context, a: Tensor, factor: number, bias: number): Tensor;
	/** For each row of b, its products with the rows of a: a is [k, m], b is [k, n], the result [m, n]. */
	mul_mat(context: Context, a: Tensor, b: Tensor): Tensor;
	/** How exactly a product is summed up: `exactProduct`, or as the back end thinks fit. */
	mul_mat_set_prec(product: Tensor, precision: number): void;
	/** Sums over rows: a is [m, k], b is [n, k], the result [m, n]. */
	out_prod(context: Context, a: Tensor, b: Tensor): Tensor;
	get_rows(context: Context, a: Tensor, rows: Tensor): Tensor;
	/** Writes the rows of b over those of a that I64 numbers name. */
	set_rows(context: Context, a: Tensor, b: Tensor, rows: Tensor): Tensor;
	rms_norm(context: Context, a: Tensor, epsilon: number): Tensor;
	/** dx of `rms_norm`. ggml.h names the arguments the other way around; the code takes dy first. */
	rms_norm_back(context: Context, dy: Tensor, x: Tensor, epsilon: number): Tensor;
	soft_max_ext(context: Context, a: Tensor, mask: Tensor | null, scale: number, maxBias: number): Tensor;
	soft_max_ext_back(context: Context, dy: Tensor, y: Tensor, scale: number, maxBias: number): Tensor;
	rope_ext(context: Context, a: Tensor, positions: Tensor, factors: Tensor | null, ...settings: RopeSettings): Tensor;
	rope_ext_back(context: Context, dy: Tensor, positions: Tensor, factors: Tensor | null, ...settings: RopeSettings): Tensor;
	set_input(a: Tensor): void;
	set_output(a: Tensor): void;
	new_graph_custom(context: Context, size: number, gradients: boolean): Graph;
	build_forward_expand(graph: Graph, result: Tensor): void;
	quantize_chunk(type: number, from: Float32Array, to: Uint8Array, firstElement: number, rows: number, rowElements: number, importance: null): number;
	nbytes(a: Tensor): number;
	backend_load_all_from_path(folder: string): void;
	/** Loads one back end's library; null where it does not load, or finds no device that it could drive. */
	backend_load(file: string): Registration | null;
	backend_dev_count(): number;
	backend_dev_get(index: number): Device;
	backend_dev_by_type(type: number): Device | null;
	/** `deviceType` */
	backend_dev_type(device: Device): number;
	/** Bytes, told in the arrays' first places. */
	backend_dev_memory(device: Device, free: [number], total: [number]): void;
	backend_reg_name(registration: Registration): string;
	backend_dev_init(device: Device, parameters: null): Backend | null;
	backend_dev_description(device: Device): string;
	backend_dev_backend_reg(device: Device): Registration;
	backend_dev_buffer_type(device: Device): BufferType;
	/** Whether a device can compute an operation on tensors that lie where they do. */
	backend_dev_supports_op(device: Device, operation: Tensor): boolean;
	backend_reg_get_proc_address(registration: Registration, name: string): FunctionAddress | null;
	backend_free(backend: Backend): void;
	backend_alloc_ctx_tensors_from_buft(context: Context, type: BufferType): Buffer | null;
	backend_buffer_get_size(buffer: Buffer): number;
	backend_buffer_set_usage(buffer: Buffer, usage: number): void;
	backend_buffer_free(buffer: Buffer): void;
	backend_tensor_set(tensor: Tensor, from: ArrayBufferView, offset: number, size: number): void;
	backend_tensor_get(tensor: Tensor, into: ArrayBufferView, offset: number, size: number): void;
	backend_sched_new(backends: Backend[], types: null, count: number, graphSize: number, parallel: boolean, offload: boolean): Scheduler | null;
	backend_sched_reset(scheduler: Scheduler): void;
	backend_sched_alloc_graph(scheduler: Scheduler, graph: Graph): boolean;
	backend_sched_graph_compute(scheduler: Scheduler, graph: Graph): number;
	backend_sched_get_buffer_size(scheduler: Scheduler, backend: Backend): number;
	backend_sched_free(scheduler: Scheduler): void;
}

/** How rotary positions are applied: as ggml_rope_ext takes them after its tensors. */
export type RopeSettings = [
	dimensions: number,
	mode: number,
	originalContext: number,
	base: number,
	scale: number,
	extFactor: number,
	attentionFactor: number,
	betaFast: number,
	betaSlow: number,
];

const rope = 'void* (void*, void*, void*, void*, int, int, int, float, float, float, float, float, float)';
const unary = 'void* (void*, void*)';
const binary = 'void* (void*, void*, void*)';

/** The C declarations, in ggml.h, ggml-backend.h and ggml-alloc.h; the name comes before the parenthesis. */
const signatures: Record<keyof Functions, string> = {
	version: 'const char* ()',
	init: 'void* (ggml_init_params)',
	reset: 'void (void*)',
	free: 'void (void*)',
	new_tensor_1d: 'void* (void*, int, int64_t)',
	new_tensor_2d: 'void* (void*, int, int64_t, int64_t)',
	view_1d: 'void* (void*, void*, int64_t, size_t)',
	view_2d: 'void* (void*, void*, int64_t, int64_t, size_t, size_t)',
	view_3d: 'void* (void*, void*, int64_t, int64_t, int64_t, size_t, size_t, size_t)',
	reshape_2d: 'void* (void*, void*, int64_t, int64_t)',
	reshape_3d: 'void* (void*, void*, int64_t, int64_t, int64_t)',
	permute: 'void* (void*, void*, int, int, int, int)',
	transpose: unary,
	cont: unary,
	cont_2d: 'void* (void*, void*, int64_t, int64_t)',
	cont_3d: 'void* (void*, void*, int64_t, int64_t, int64_t)',
	repeat_4d: 'void* (void*, void*, int64_t, int64_t, int64_t, int64_t)',
	cast: 'void* (void*, void*, int)',
	cpy: binary,
	acc: 'void* (void*, void*, void*, size_t, size_t, size_t, size_t)',
	concat: 'void* (void*, void*, void*, int)',
	add: binary,
	sub: binary,
	mul: binary,
	div: binary,
	sqr: unary,
	sum_rows: unary,
	silu: unary,
	silu_back: binary,
	swiglu_split: binary,
	geglu_split: binary,
	scale: 'void* (void*, void*, float)',
	scale_bias: 'void* (void*, void*, float, float)',
	mul_mat: binary,
	mul_mat_set_prec: 'void (void*, int)',
	out_prod: binary,
	get_rows: binary,
	set_rows: 'void* (void*, void*, void*, void*)',
	rms_norm: 'void* (void*, void*, float)',
	rms_norm_back: 'void* (void*, void*, void*, float)',
	soft_max_ext: 'void* (void*, void*, void*, float, float)',
	soft_max_ext_back: 'void* (void*, void*, void*, float, float)',
	rope_ext: rope,
	rope_ext_back: rope,
	set_input: 'void (void*)',
	set_output: 'void (void*)',
	new_graph_custom: 'void* (void*, size_t, bool)',
	build_forward_expand: 'void (void*, void*)',
	quantize_chunk: 'size_t (int, const float*, void*, int64_t, int64_t, int64_t, void*)',
	nbytes: 'size_t (void*)',
	backend_load_all_from_path: 'void (const char*)',
	backend_load: 'void* (const char*)',
	backend_dev_count: 'size_t ()',
	backend_dev_get: 'void* (size_t)',
	backend_dev_by_type: 'void* (int)',
	backend_dev_type: 'int (void*)',
	backend_dev_memory: 'void (void*, _Out_ size_t*, _Out_ size_t*)',
	backend_reg_name: 'const char* (void*)',
	backend_dev_init: 'void* (void*, void*)',
	backend_dev_description: 'const char* (void*)',
	backend_dev_backend_reg: 'void* (void*)',
	backend_dev_buffer_type: 'void* (void*)',
	backend_dev_supports_op: 'bool (void*, void*)',
	backend_reg_get_proc_address: 'void* (void*, const char*)',
	backend_free: 'void (void*)',
	backend_alloc_ctx_tensors_from_buft: 'void* (void*, void*)',
	backend_buffer_get_size: 'size_t (void*)',
	backend_buffer_set_usage: 'void (void*, int)',
	backend_buffer_free: 'void (void*)',
	backend_tensor_set: 'void (void*, const void*, size_t, size_t)',
	backend_tensor_get: 'void (void*, _Out_ void*, size_t, size_t)',
	backend_sched_new: 'void* (void**, void*, int, size_t, bool, bool)',
	backend_sched_reset: 'void (void*)',
	backend_sched_alloc_graph: 'bool (void*, void*)',
	backend_sched_graph_compute: 'int (void*, void*)',
	backend_sched_get_buffer_size: 'size_t (void*, void*)',
	backend_sched_free: 'void (void*)',
};

/** These lie in the library of the back ends; all others in the base library. */
const inRegistry: ReadonlySet<string> = new Set(['backend_load', 'backend_load_all_from_path', 'backend_dev_count', 'backend_dev_get', 'backend_dev_by_type']);

koffi.struct('ggml_init_params', { mem_size: 'size_t', mem_buffer: 'void*', no_alloc: 'bool' });
const setThreads = koffi.proto('void ggml_backend_set_n_threads(void* backend, int threads)');
const extraBufferTypes = koffi.proto('void* ggml_backend_dev_get_extra_bufts(void* device)');

/** ggml's functions, and the few that only a back end itself can name. */
export interface Ggml extends Functions {
	/** Tells a CPU back end how many threads to compute with. */
	setThreads(device: Device, backend: Backend, threads: number): void;
	/** Where weights may lie in an order that this processor multiplies with faster; first choice first. */
	extraBufferTypes(device: Device): BufferType[];
	/** Computes a graph whose tensors are in place. Throws where a back end fails. */
	compute(scheduler: Scheduler, graph: Graph): void;
}

/**
 * Loads ggml for this process and checks that it is the release the signatures are of: the version it names, and that it has each function.
 *
 * A mistake in how a function is used stops the whole process (GGML_ASSERT), so this belongs in a process of its own.
 */
export function openGgml(files: GgmlFiles): Ggml {
	const base = load(files.base);
	const registry = load(files.registry);
	// Filled below with exactly the keys of the table.
	const functions = {} as Record<string, unknown>;
	for (const [name, signature] of Object.entries(signatures)) {
		const library = inRegistry.has(name) ? registry : base;
		try {
			functions[name] = library.func(signature.replace('(', `ggml_${name}(`));
		} catch (cause) {
			throw new TrainerRefusal('librariesDiffer', `The function ggml_${name} is missing in this build of llama.cpp, so nothing can be trained with it.`, {
				cause,
			});
		}
	}
	// The compiler cannot see that the loop has set every key.
	const ggml = functions as unknown as Functions;
	const version = ggml.version();
	if (version !== ggmlVersion)
		throw new TrainerRefusal('librariesDiffer', `The trainer was written for ggml ${ggmlVersion}, and version ${version} is installed.`);
	ggml.backend_load_all_from_path(files.folder);
	return { ...ggml, ...backendFunctions(ggml) };
}

function load(file: string) {
	try {
		return koffi.load(file);
	} catch (cause) {
		throw new TrainerRefusal('librariesMissing', `The library ${file} of llama.cpp could not be loaded.`, { cause });
	}
}

function backendFunctions(ggml: Functions): Pick<Ggml, 'setThreads' | 'extraBufferTypes' | 'compute'> {
	const named = (device: Device, name: string) => ggml.backend_reg_get_proc_address(ggml.backend_dev_backend_reg(device), name);
	return {
		setThreads(device, backend, threads) {
			const address = named(device, 'ggml_backend_set_n_threads');
			if (address) koffi.call(address, setThreads, backend, threads);
		},
		extraBufferTypes(device) {
			const address = named(device, 'ggml_backend_dev_get_extra_bufts');
			const list: bigint | null = address && koffi.call(address, extraBufferTypes, device);
			const types: BufferType[] = [];
			if (list)
				for (let type = koffi.decode(list, 0, 'void*'); type; type = koffi.decode(list, types.length * koffi.sizeof('void*'), 'void*')) types.push(type);
			return types;
		},
		compute(scheduler, graph) {
			const status = ggml.backend_sched_graph_compute(scheduler, graph);
			if (status !== success) throw new Error(`ggml could not compute a graph (status ${status})`);
		},
	};
}

import type { HostFacts } from './hostContract.ts';

/**
 * What is told of the machine's GPUs, as llama.cpp found them: `way` is how it reaches them (`cuda`, `metal`, `vulkan`).
 *
 * A driver without a card, such as a Vulkan that draws with the processor, is found too, and has no memory: there is nothing that layers could
 * be put on, and the machine has no GPU.
 */
export function gpuFacts(way: string, names: readonly string[], memory: { total: number; free: number }): HostFacts {
	if (memory.total <= 0) return { device: 'cpu', gpus: [] };
	// llama.cpp tells the memory of all GPUs together; layers are spread over them.
	return { device: way, gpus: [{ name: names.join(', '), totalBytes: memory.total, freeBytes: Math.min(memory.free, memory.total) }] };
}

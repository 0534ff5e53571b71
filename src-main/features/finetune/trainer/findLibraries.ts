import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { TrainerRefusal } from './TrainerRefusal.ts';

/** The files of one build of llama.cpp. The CPU back end has several, of which ggml itself chooses what suits the processor. */
export interface GgmlFiles {
	folder: string;
	/** Tensors, graphs, quantization. */
	base: string;
	/** The table of back ends. */
	registry: string;
}

/** The packages of node-llama-cpp that carry a build without a GPU, by `process.platform` and `process.arch`. Source: its compileLLamaCpp.js. */
const packages: Partial<Record<string, string>> = {
	'linux-x64': '@node-llama-cpp/linux-x64',
	'linux-arm64': '@node-llama-cpp/linux-arm64',
	'linux-arm': '@node-llama-cpp/linux-armv7l',
	'linux-riscv64': '@node-llama-cpp/linux-riscv64',
	'darwin-arm64': '@node-llama-cpp/mac-arm64-metal',
	'darwin-x64': '@node-llama-cpp/mac-x64',
	'win32-x64': '@node-llama-cpp/win-x64',
	'win32-arm64': '@node-llama-cpp/win-arm64',
};

/** Finds the libraries that run this system's models, in the package that node-llama-cpp takes them from too. */
export async function findLibraries(): Promise<GgmlFiles> {
	const system = `${process.platform}-${process.arch}`;
	const name = packages[system];
	if (!name) throw new TrainerRefusal('librariesMissing', `There is no build of llama.cpp for ${system}, so nothing can be trained here.`);
	try {
		return librariesIn(path.join(await binsOf(name), name.replace('@node-llama-cpp/', '')));
	} catch (cause) {
		if (cause instanceof TrainerRefusal) throw cause;
		throw new TrainerRefusal('librariesMissing', `The package ${name}, which carries llama.cpp for this system, is not installed.`, { cause });
	}
}

/**
 * Builds for graphics cards, in the order in which node-llama-cpp tries them; an extension brings the same for older versions of CUDA. Each
 * has a back end's library that goes with any of the same release, so the plain build is joined by it. That of macOS has Metal already.
 */
const cardBuilds: Partial<Record<string, readonly { name: string; library: string }[]>> = {
	'linux-x64': [
		{ name: '@node-llama-cpp/linux-x64-cuda', library: 'linux-x64-cuda/libggml-cuda.so' },
		{ name: '@node-llama-cpp/linux-x64-cuda-ext', library: 'linux-x64-cuda/fallback/libggml-cuda.so' },
		{ name: '@node-llama-cpp/linux-x64-vulkan', library: 'linux-x64-vulkan/libggml-vulkan.so' },
	],
	'win32-x64': [
		{ name: '@node-llama-cpp/win-x64-cuda', library: 'win-x64-cuda/ggml-cuda.dll' },
		{ name: '@node-llama-cpp/win-x64-cuda-ext', library: 'win-x64-cuda/fallback/ggml-cuda.dll' },
		{ name: '@node-llama-cpp/win-x64-vulkan', library: 'win-x64-vulkan/ggml-vulkan.dll' },
	],
};

/** The libraries of back ends for graphics cards that are installed for a system, the one to try first first. */
export async function findCardLibraries(system = `${process.platform}-${process.arch}`): Promise<string[]> {
	const found = (cardBuilds[system] ?? []).map(async ({ name, library }) => {
		try {
			return path.join(await binsOf(name), library);
		} catch {
			// An optional package that is not there.
			return '';
		}
	});
	return (await Promise.all(found)).filter((file) => existsSync(file));
}

async function binsOf(name: string): Promise<string> {
	// The shape that node-llama-cpp relies on as well.
	return ((await import(name)) as { getBinsDir(): { binsDir: string } }).getBinsDir().binsDir;
}

/** The libraries in one folder, by the names that its build gave them (`libggml.v0.5.0.so`, `ggml-base.dll`). */
export function librariesIn(folder: string): GgmlFiles {
	const files = list(folder);
	const find = (pattern: RegExp) => {
		const file = files.find((each) => pattern.test(each));
		if (!file) throw new TrainerRefusal('librariesMissing', `A library of llama.cpp (${pattern.source}) is missing in ${folder}.`);
		return path.join(folder, file);
	};
	return { folder, base: find(/^(lib)?ggml-base\.(so|dylib|dll)$/), registry: find(/^(lib)?ggml(\.[\w.]+)?\.(so|dylib|dll)$/) };
}

function list(folder: string): string[] {
	try {
		return readdirSync(folder);
	} catch (cause) {
		throw new TrainerRefusal('librariesMissing', `The folder of llama.cpp's libraries cannot be read: ${folder}.`, { cause });
	}
}

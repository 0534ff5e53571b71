import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import type { LoadWishes } from '#contract/engine.ts';
import { Engine, type GenerateRequest } from '../src-main/features/engine/engine.ts';
import { type BenchShape, writeBenchModel } from '../src-main/features/library/benchModel.ts';
import { readGguf } from '../src-main/features/library/gguf/readGguf.ts';
import type { Store } from '../src-main/platform/database/openDatabase.ts';

const words = 'the sun and the moon are far away from here but we can see them both in the sky '.split(' ');

/** The app's engine on a random-weight model, of 0.5B shape unless another is given, with one thread and without a GPU; `db` keeps what loads took. */
export async function openBenchEngine(wishes: LoadWishes, { shape, db }: { shape?: Partial<BenchShape>; db?: Store } = {}) {
	process.env.HOMEROOM_GPU = 'off';
	const folder = await mkdtemp(path.join(os.tmpdir(), 'homeroom-bench-'));
	const modelPath = path.join(folder, 'bench.gguf');
	await writeBenchModel(modelPath, shape);
	const model = { id: 'bench', name: 'bench', fileName: 'bench.gguf', path: modelPath, sizeBytes: 1, owned: false, linked: false };
	const kept = {
		kind: 'model' as const,
		files: [],
		fileState: 'present' as const,
		origin: { source: 'local' as const },
		defaults: null,
		license: null,
		tags: [],
		check: null,
	};
	const known = { architecture: 'qwen2', parameters: null, quantization: 'Q4_0', contextTokens: null, hasChatTemplate: true, addedAt: 0, lastUsedAt: null };
	const engine = new Engine({
		library: { get: () => ({ ...model, ...kept, ...known }), facts: async () => readGguf(modelPath), touch: () => {} },
		usableBy: () => () => true,
		log: pino({ level: 'silent' }),
		...(db ? { db } : {}),
		node: process.execPath,
		hostEntry: path.join(import.meta.dirname, '../src-main/features/engine/host/engineHost.ts'),
		settings: () => ({ threads: 1, idleUnloadMs: null }),
	});
	await engine.load('bench', 'bench', { wishes });
	await engine.ensureRunning('bench', 'bench');
	const plan = engine.deployments('bench')[0]?.plan ?? null;
	const close = async () => {
		await engine.close();
		await rm(folder, { recursive: true, force: true });
	};
	/** Reads an answer to its end, as a screen does; `firstAt` is when its first piece came, by `performance.now()`. */
	const read = async (request: Omit<GenerateRequest, 'modelId'>, signal?: AbortSignal) => {
		let firstAt = 0;
		for await (const piece of engine.generate({ modelId: 'bench', ...request }, signal)) {
			firstAt ||= performance.now();
			if (piece.type === 'end') return { ...piece.usage, firstAt };
		}
		throw new Error('an answer ended without its end');
	};
	/** A text of about so many tokens that begins like no other. */
	let made = 0;
	const textOf = async (tokens: number) => {
		const text = [`${++made}`.split('').join(' '), ...Array.from({ length: tokens }, (_, i) => words[(i + made) % words.length])];
		while ((await engine.countTokens('bench', 'bench', text.join(' '))) > tokens) text.splice(-Math.max(1, Math.floor(text.length / 50)));
		return text.join(' ');
	};
	return { engine, modelPath, plan, read, textOf, close };
}

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import type { Sampling } from '#contract/engine.ts';
import { failure } from '#contract/errors.ts';
import { type GgufFacts, readGguf } from '../../library/gguf/readGguf.ts';
import { writeTestModel } from '../../library/testModel.ts';
import type { Patience } from '../Deployment.ts';
import { Engine, type EngineSettings, type GeneratePiece, type GenerateRequest } from '../engine.ts';

/** Always the same answer to the same prompt. */
export const greedy: Sampling = { temperature: 0, topP: 1, topK: 0, minP: 0, repeatPenalty: 1, seed: 1 };
/** JSON that cannot end before `letters` letters, and does soon after, so that an answer is as long as a test wants. */
export function longText(letters: number) {
	const parts = Math.ceil(letters / 40);
	return { type: 'array', minItems: parts, maxItems: parts, items: { type: 'string', minLength: 40, maxLength: 60 } };
}

export interface TestBed {
	folder: string;
	engine: Engine;
	close(): Promise<void>;
}

/**
 * A real engine on a folder of model files, in which `test.gguf` is the test model; a model's id is its file name.
 * `facts` replaces what the library's own check of a file would say, to let a bad file through to the engine host.
 */
export async function openTestBed(
	options: { settings?: Partial<EngineSettings>; patience?: Patience; hostEntry?: string; facts?: (file: string) => GgufFacts } = {},
): Promise<TestBed> {
	process.env.HOMEROOM_GPU = 'off';
	const folder = await mkdtemp(path.join(os.tmpdir(), 'homeroom-engine-'));
	await writeTestModel(path.join(folder, 'test.gguf'), { seed: 1 });
	const fileOf = (id: string) => path.join(folder, id);
	const engine = new Engine({
		library: {
			get: (id) => ({
				...{ id, name: id, fileName: id, path: fileOf(id), sizeBytes: 1, present: true, source: 'local', architecture: 'llama', parameters: null },
				...{ quantization: '', contextTokens: null, hasChatTemplate: true, addedAt: 0, lastUsedAt: null },
			}),
			facts: async (id) => {
				const file = fileOf(id);
				if (!(await readdir(folder)).includes(id)) throw failure('MODEL_MISSING', { name: id, fileName: id });
				return options.facts ? options.facts(file) : readGguf(file);
			},
			touch: () => {},
		},
		log: pino({ level: process.env.HOMEROOM_TEST_LOG ?? 'silent' }),
		node: process.execPath,
		hostEntry: options.hostEntry ?? path.join(import.meta.dirname, '../host/engineHost.ts'),
		settings: () => ({ threads: 1, idleUnloadMs: null, ...options.settings }),
		...(options.patience ? { patience: options.patience } : {}),
	});
	const close = async () => {
		await engine.close();
		await rm(folder, { recursive: true, force: true });
	};
	return { folder, engine, close };
}

/** A request to the test model. */
export function asking(content: string, more: Partial<GenerateRequest> = {}): GenerateRequest {
	return { modelId: 'test.gguf', ownerId: 'anna', turns: [{ role: 'user', content }], sampling: greedy, maxTokens: 40, ...more };
}

/** Reads an answer to its end. */
export async function readAnswer(stream: AsyncIterable<GeneratePiece>) {
	let text = '';
	for await (const piece of stream) {
		if (piece.type === 'end') return { text, finish: piece.finish, usage: piece.usage };
		text += piece.text;
	}
	throw new Error('an answer ended without its end');
}

/** The engine hosts that this process has started; Linux only. */
export async function engineHosts(): Promise<number[]> {
	const found: number[] = [];
	for (const name of await readdir('/proc')) {
		const stat = /^\d+$/.test(name) ? await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '') : '';
		const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		if (Number(parent) === process.pid && state !== 'Z' && (await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '')).includes('engineHost'))
			found.push(Number(name));
	}
	return found;
}

/** Writes a copy of the test model with another chat template of at most the same length. */
export async function writeModelWithTemplate(folder: string, name: string, template: string): Promise<void> {
	const bytes = await readFile(path.join(folder, 'test.gguf'));
	const old = readGguf(path.join(folder, 'test.gguf')).chatTemplate ?? '';
	const at = bytes.indexOf(old, 0, 'utf8');
	if (at < 0 || Buffer.byteLength(template) > Buffer.byteLength(old)) throw new Error('the template does not fit');
	bytes.write(template.padEnd(Buffer.byteLength(old) - Buffer.byteLength(template) + template.length, ' '), at, 'utf8');
	await writeFile(path.join(folder, name), bytes);
}

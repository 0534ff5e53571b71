import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { isFailure } from '#contract/errors.ts';
import { seededRandom } from '../seededRandom.ts';
import type { ProbeOrder } from './llamaProbe.test-support.ts';
import { encodeDraft, splitDrafts, tinyDraft } from './malformed.test-support.ts';
import { mutate, mutateAdapter, mutatePart } from './mutate.test-support.ts';
import { readGguf } from './readGguf.ts';

const folder = mkdtempSync(join(tmpdir(), 'homeroom-mutations-'));
let child: ChildProcess | null = null;
afterAll(() => {
	child?.disconnect();
	rmSync(folder, { recursive: true });
});

const soak = process.env.HOMEROOM_SOAK !== undefined;
const count = soak ? 1500 : 40;
const first = Number(process.env.HOMEROOM_SEED ?? (soak ? Math.floor(Math.random() * 1e6) : 1));

const file = (name: string) => join(folder, name);
const encodedParts = splitDrafts(3).map(encodeDraft);
const partName = (part: number) => file(`mutant-0000${part + 1}-of-00003.gguf`);

test.each<[string, (seed: number) => { done: string[]; paths: string[]; order: ProbeOrder }]>([
	[
		'models',
		(seed) => {
			const { bytes, done } = mutate(seededRandom(seed));
			writeFileSync(file('mutant.gguf'), bytes);
			return { done, paths: [file('mutant.gguf')], order: { modelPath: file('mutant.gguf') } };
		},
	],
	[
		'LoRA adapters',
		(seed) => {
			const { bytes, done } = mutateAdapter(seededRandom(seed));
			writeFileSync(file('base.gguf'), encodeDraft(tinyDraft()));
			writeFileSync(file('lora.gguf'), bytes);
			return { done, paths: [file('lora.gguf')], order: { modelPath: file('base.gguf'), adapter: file('lora.gguf') } };
		},
	],
	[
		'parts',
		(seed) => {
			const { bytes, done, part } = mutatePart(seededRandom(seed));
			const paths = encodedParts.map((encoded, i) => {
				writeFileSync(partName(i), i === part ? bytes : encoded);
				return partName(i);
			});
			return { done: [`part ${part}`, ...done], paths, order: { modelPath: partName(0) } };
		},
	],
])(
	`M1 llama.cpp lives through what the reader takes of ${count} spoiled %s (HOMEROOM_SEED=${first} repeats it)`,
	{ timeout: count * 30_000 },
	async (_, write) => {
		const died: { seed: number; done: string[]; how: string }[] = [];
		let ran = 0;
		for (let seed = first; seed < first + count; seed++) {
			const { done, paths, order } = write(seed);
			if (!isTaken(paths)) continue;
			const how = await probe(order);
			if (how === 'ran') ran++;
			if (/^(died|hung)/.test(how)) died.push({ seed, done, how });
		}
		expect(died).toEqual([]);
		// Or nothing would be shown.
		expect(ran).toBeGreaterThan(0);
	},
);

function isTaken(paths: string[]): boolean {
	try {
		readGguf(paths);
		return true;
	} catch (error) {
		if (isFailure(error, 'MODEL_FILE_INVALID')) return false;
		throw error;
	}
}

/** Lets llama.cpp load files in the child process: `ran`, `refused: …`, `died …` or `hung`. */
async function probe(order: ProbeOrder): Promise<string> {
	const running = child ?? (await start());
	const limit = new AbortController();
	const timer = setTimeout(() => limit.abort(), 30_000);
	try {
		const answered = once(running, 'message', { signal: limit.signal }).then(([answer]) => String(answer));
		const ended = once(running, 'exit', { signal: limit.signal }).then(([code, signal]) => `died (${signal ?? code})`);
		running.send(order);
		const answer = await Promise.race([answered, ended]);
		if (answer.startsWith('died')) child = null;
		return answer;
	} catch {
		running.kill('SIGKILL');
		child = null;
		return 'hung';
	} finally {
		clearTimeout(timer);
		// Takes away the listeners that were not needed.
		limit.abort();
	}
}

async function start(): Promise<ChildProcess> {
	child = fork(join(import.meta.dirname, 'llamaProbe.test-support.ts'), { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], execArgv: [] });
	await once(child, 'message');
	return child;
}

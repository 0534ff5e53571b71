import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { isFailure } from '#contract/errors.ts';
import { seededRandom } from '../seededRandom.ts';
import { mutate } from './mutate.test-support.ts';
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

test(`M1 llama.cpp lives through what the reader takes of ${count} spoiled models (HOMEROOM_SEED=${first} repeats it)`, {
	timeout: count * 30_000,
}, async () => {
	const file = join(folder, 'mutant.gguf');
	const died: { seed: number; done: string[]; how: string }[] = [];
	for (let seed = first; seed < first + count; seed++) {
		const { bytes, done } = mutate(seededRandom(seed));
		writeFileSync(file, bytes);
		if (!isTaken(file)) continue;
		const how = await probe(file);
		if (/^(died|hung)/.test(how)) died.push({ seed, done, how });
	}
	expect(died).toEqual([]);
});

function isTaken(file: string): boolean {
	try {
		readGguf(file);
		return true;
	} catch (error) {
		if (isFailure(error, 'MODEL_FILE_INVALID')) return false;
		throw error;
	}
}

/** Lets llama.cpp load a file in the child process: `ran`, `refused: …`, `died …` or `hung`. */
async function probe(file: string): Promise<string> {
	const running = child ?? (await start());
	const limit = new AbortController();
	const timer = setTimeout(() => limit.abort(), 30_000);
	try {
		const answered = once(running, 'message', { signal: limit.signal }).then(([answer]) => String(answer));
		const ended = once(running, 'exit', { signal: limit.signal }).then(([code, signal]) => `died (${signal ?? code})`);
		running.send(file);
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

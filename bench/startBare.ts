import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { BareOrder } from './bare.ts';

/** How long one order took, until every stream had its first token and in all, what all threads worked for it, and how many tokens of answer there were. */
export interface Timed {
	ms: number;
	firstMs: number;
	workedMs: number;
	answerTokens: number;
}

/** Starts `bare.ts` with a model; `measure` runs one order in it, `close` ends it. */
export async function startBare(modelPath: string, options: { contextTokens: number; sequences: number; threads?: number }) {
	const child = fork(path.join(import.meta.dirname, 'bare.ts'), [modelPath, ...[options.contextTokens, options.sequences, options.threads ?? 1].map(String)], {
		stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
	});
	const ended = once(child, 'exit').then(([code]) => {
		throw new Error(`the bare side of the bench ended with code ${code}`);
	});
	ended.catch(() => {});
	const answer = () => Promise.race([once(child, 'message'), ended]);
	await answer();
	const measure = async (order: BareOrder): Promise<Timed> => {
		child.send(order);
		// What `bare.ts` sends, which is part of this bench.
		const [timed] = (await answer()) as [Timed];
		return timed;
	};
	return { measure, close: () => child.kill() };
}

import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { TrainOrder, TrainStep } from './trainWorker.ts';

/** Starts a trainer in a process of its own, so that its time and its memory are its own, for one step at a time. */
export async function startTrainWorker(order: TrainOrder) {
	const child = fork(path.join(import.meta.dirname, 'trainWorker.ts'), [JSON.stringify(order)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
	const ended = once(child, 'exit').then(([code]) => {
		throw new Error(`the training side of the bench ended with code ${code}`);
	});
	ended.catch(() => {});
	const answer = () => Promise.race([once(child, 'message'), ended]);
	await answer();
	const step = async (): Promise<TrainStep> => {
		child.send('step');
		// What `trainWorker.ts` sends, which is part of this bench.
		const [done] = (await answer()) as [TrainStep];
		return done;
	};
	return { step, close: () => child.kill() };
}

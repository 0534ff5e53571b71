import { expect, test } from 'vitest';
import { chooseNext, type Waiting } from './chooseNext.ts';

test('gives every owner a turn before anyone has a second one', () => {
	const queues: Record<string, string[]> = { ann: ['a1', 'a2', 'a3', 'a4'], bob: ['b1'], cy: ['c1', 'c2'] };
	const lastTurns = new Map<string, number>();
	const order: string[] = [];
	for (let turn = 0; ; turn++) {
		const waiting: Waiting[] = Object.entries(queues).flatMap(([ownerId, [jobId]]) => (jobId ? [{ ownerId, jobId }] : []));
		const next = chooseNext(waiting, lastTurns);
		if (!next) break;
		lastTurns.set(next.ownerId, turn);
		queues[next.ownerId]?.shift();
		order.push(next.jobId);
	}
	expect(order).toEqual(['a1', 'b1', 'c1', 'a2', 'c2', 'a3', 'a4']);
});

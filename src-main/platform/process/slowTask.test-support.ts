import { doTasks } from './doTasks.ts';

/** What a thread of the tests does: answers, tells how far it is, never ends, takes all memory, or throws. */
export type SlowTask = { say: string } | { count: number } | 'forever' | 'allMemory' | 'throw';

doTasks<SlowTask, string, number>(async (task, onProgress) => {
	if (task === 'forever') for (;;);
	if (task === 'throw') throw new Error('thrown in the thread');
	if (task === 'allMemory') {
		const held: number[][] = [];
		for (;;) held.push(new Array(100_000).fill(held.length));
	}
	if ('count' in task) {
		for (let at = 1; at <= task.count; at++) onProgress(at);
		return 'counted';
	}
	return task.say;
});

import { parentPort } from 'node:worker_threads';
import type { ThreadMessage } from './TaskThreads.ts';

/** Makes this thread one of TaskThreads: does each task that comes, one after the other. What `work` throws ends the thread. */
export function doTasks<Task, Reply, Progress>(work: (task: Task, onProgress: (progress: Progress) => void) => Promise<Reply>): void {
	const port = parentPort;
	if (port === null) throw new Error('this program runs in a thread');
	const send = (message: ThreadMessage<Reply, Progress>) => port.postMessage(message);
	port.on('message', async (task: Task) => send({ reply: await work(task, (progress) => send({ progress })) }));
}

import { Worker } from 'node:worker_threads';

/** A task that came to no end: its thread took too long, or more memory than it may have. */
export class ThreadEnded extends Error {
	override name = 'ThreadEnded';
	readonly reason: 'time' | 'memory';
	/** How long it had, where that was too short. */
	readonly limitMs: number | undefined;

	constructor(reason: 'time' | 'memory', { limitMs, cause }: { limitMs?: number; cause?: unknown } = {}) {
		super(`a task was ended for its ${reason}`, { cause });
		this.reason = reason;
		this.limitMs = limitMs;
	}
}

interface RunOptions<Progress> {
	signal?: AbortSignal | undefined;
	/** Milliseconds from when a thread has begun with it; left out: as long as it takes. */
	withinMs?: number | undefined;
	onProgress?: ((progress: Progress) => void) | undefined;
}

/** What a thread sends: how far it is, or, last, its answer. */
export type ThreadMessage<Reply, Progress> = { progress: Progress } | { reply: Reply };

/**
 * Does tasks in threads of one program (doTasks.ts), so many at a time; more wait for their turn.
 *
 * A thread that has ended its task is kept for the next one, as starting one takes longer than most tasks. A task that is aborted, too slow or too
 * large takes its thread with it and nothing else.
 */
export class TaskThreads<Task, Reply, Progress = never> {
	readonly #file: string;
	readonly #most: number;
	readonly #memoryMib: number;
	#idle: Worker | null = null;
	#working = 0;
	readonly #waiting: (() => void)[] = [];

	/** `memoryMib`: of the values of one thread; bytes and texts beyond its heap are its task's to bound. */
	constructor(options: { file: string; most: number; memoryMib: number }) {
		this.#file = options.file;
		this.#most = options.most;
		this.#memoryMib = options.memoryMib;
	}

	/** Throws the reason of `signal`, ThreadEnded, and what the thread threw. */
	async run(task: Task, { signal, withinMs, onProgress }: RunOptions<Progress> = {}): Promise<Reply> {
		await this.#turn(signal);
		let worker: Worker | null = null;
		try {
			signal?.throwIfAborted();
			worker = this.#idle ?? this.#start();
			this.#idle = null;
			const reply = await this.#replyOf(worker, task, { signal, withinMs, onProgress });
			if (this.#idle) void worker.terminate();
			else this.#idle = worker;
			worker.unref();
			return reply;
		} catch (error) {
			await worker?.terminate();
			throw error;
		} finally {
			this.#working -= 1;
			this.#waiting.shift()?.();
		}
	}

	/** Ends the thread that waits for a task; those at work end with their signals. */
	async close(): Promise<void> {
		await this.#idle?.terminate();
		this.#idle = null;
	}

	async #turn(signal: AbortSignal | undefined): Promise<void> {
		signal?.throwIfAborted();
		while (this.#working >= this.#most) {
			const { promise, resolve } = Promise.withResolvers<void>();
			this.#waiting.push(resolve);
			signal?.addEventListener('abort', () => resolve(), { once: true });
			await promise;
			const at = this.#waiting.indexOf(resolve);
			if (at >= 0) this.#waiting.splice(at, 1);
			// The turn that was given to one who does not want it any more is the next one's.
			if (signal?.aborted && at < 0 && this.#working < this.#most) this.#waiting.shift()?.();
			signal?.throwIfAborted();
		}
		this.#working += 1;
	}

	#start(): Worker {
		// What dies young has little room: a stream of records then keeps to its bounds, where by default it takes some 100 MiB more.
		const resourceLimits = { maxOldGenerationSizeMb: this.#memoryMib, maxYoungGenerationSizeMb: 24 };
		const worker = new Worker(this.#file, { env: {}, execArgv: [], resourceLimits });
		// What a thread throws while nobody waits for it is of no use to anyone.
		worker.on('error', () => undefined);
		worker.once('exit', () => {
			if (this.#idle === worker) this.#idle = null;
		});
		return worker;
	}

	#replyOf(worker: Worker, task: Task, { signal, withinMs, onProgress }: RunOptions<Progress>): Promise<Reply> {
		const { promise, resolve, reject } = Promise.withResolvers<Reply>();
		const timer = withinMs === undefined ? undefined : setTimeout(() => reject(new ThreadEnded('time', { limitMs: withinMs })), withinMs);
		const giveUp = () => reject(signal?.reason);
		const hear = (message: ThreadMessage<Reply, Progress>) => {
			if ('reply' in message) resolve(message.reply);
			else onProgress?.(message.progress);
		};
		const fail = (error: Error) => reject('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new ThreadEnded('memory', { cause: error }) : error);
		const end = (code: number) => reject(new Error(`a thread ended with code ${code} and no answer`));
		signal?.addEventListener('abort', giveUp, { once: true });
		worker.ref();
		worker.on('message', hear).once('error', fail).once('exit', end);
		worker.postMessage(task);
		return promise.finally(() => {
			clearTimeout(timer);
			signal?.removeEventListener('abort', giveUp);
			worker.off('message', hear).off('error', fail).off('exit', end);
		});
	}
}

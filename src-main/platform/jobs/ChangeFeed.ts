import type { Logger } from '../log/createLog.ts';
import type { OwnedJob } from './readJob.ts';

/** Progress is told ten times a second at most. */
export const tellMs = 100;

type Listener = (job: OwnedJob) => void;

/**
 * Tells listeners how jobs changed, each time as the job is then.
 *
 * Nothing is told while a transaction is open, nor when it was rolled back: a change is read anew after the code that made it
 * has returned.
 */
export class ChangeFeed {
	readonly #read: (jobId: string) => OwnedJob | null;
	readonly #log: Logger;
	readonly #listeners = new Set<Listener>();
	readonly #waiting = new Set<string>();
	#timer: NodeJS.Timeout | null = null;
	#closed = false;

	constructor(options: { read: (jobId: string) => OwnedJob | null; log: Logger }) {
		this.#read = options.read;
		this.#log = options.log;
	}

	/** Adds a listener and returns how to take it away. */
	subscribe(listener: Listener): () => void {
		this.#listeners.add(listener);
		return () => {
			this.#listeners.delete(listener);
		};
	}

	/** Tells of a change of state, at once. */
	tell(jobId: string): void {
		queueMicrotask(() => this.#send(jobId));
	}

	/** Tells of progress, within a tenth of a second and together with all that comes meanwhile. */
	tellSoon(jobId: string): void {
		if (this.#listeners.size === 0 || this.#closed) return;
		this.#waiting.add(jobId);
		this.#timer ??= setTimeout(() => this.#flush(), tellMs).unref();
	}

	close(): void {
		this.#closed = true;
		if (this.#timer) clearTimeout(this.#timer);
	}

	#flush(): void {
		this.#timer = null;
		for (const jobId of [...this.#waiting]) this.#send(jobId);
	}

	#send(jobId: string): void {
		this.#waiting.delete(jobId);
		if (this.#closed || this.#listeners.size === 0) return;
		try {
			const job = this.#read(jobId);
			if (job) for (const listener of [...this.#listeners]) listener(job);
		} catch (error) {
			// A listener's fault is not the runner's.
			this.#log.error({ err: error, jobId }, 'telling of a job failed');
		}
	}
}

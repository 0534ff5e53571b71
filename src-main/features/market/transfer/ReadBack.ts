import { Worker } from 'node:worker_threads';
import type { FinishedBlock } from './BlockMap.ts';
import { DiskError } from './diskFault.ts';
import type { ReadBackAsk, ReadBackOrder, ReadBackReply } from './transferContract.ts';

/** How far the file may run ahead of what was told, so that not every block is a message. */
const stepBytes = 2 * 1_048_576;

type Finished = Extract<ReadBackReply, { kind: 'finished' }>;

/** The transfer's end of the thread that reads the file back (FileReader.ts). */
export class ReadBack {
	readonly #worker: Worker;
	/** Who waits for an answer, in the order of the asks. */
	readonly #waiting: PromiseWithResolvers<ReadBackReply>[] = [];
	#toldBytes = 0;
	#fault: Error | null = null;

	constructor(order: ReadBackOrder, workerFile: string) {
		this.#worker = new Worker(workerFile, { workerData: order, env: {}, execArgv: [] });
		this.#worker.on('message', (reply: ReadBackReply) => {
			if (reply.kind === 'diskFailed') this.#fail(new DiskError(reply.code, reply.message));
			else this.#waiting.shift()?.resolve(reply);
		});
		this.#worker.once('error', (error) => this.#fail(error instanceof Error ? error : new Error(String(error))));
		this.#worker.once('exit', (code) => this.#fail(new Error(`the reading thread ended with code ${code}`)));
	}

	/** Compares blocks of an earlier run, in rising order, with their sums. */
	async compare(blocks: FinishedBlock[]): Promise<{ good: FinishedBlock[]; bad: FinishedBlock[] }> {
		const reply = await this.#ask({ kind: 'compare', blocks: blocks.map(({ block }) => block), sums: blocks.map(({ sum }) => sum) });
		if (reply.kind !== 'compared') throw new Error(`${reply.kind} was answered where a comparison was asked for`);
		const bad = new Set(reply.bad);
		return { good: blocks.filter(({ block }) => !bad.has(block)), bad: blocks.filter(({ block }) => bad.has(block)) };
	}

	/** Tells that the file is right up to `frontBytes`. */
	advance(frontBytes: number): void {
		if (frontBytes < this.#toldBytes + stepBytes) return;
		this.#toldBytes = frontBytes;
		this.#post({ kind: 'advance', upTo: frontBytes });
	}

	/** Forgets what was read. */
	restart(): void {
		this.#toldBytes = 0;
		this.#post({ kind: 'restart' });
	}

	/** Reads what is left and sums up. */
	async finish(): Promise<Finished> {
		const reply = await this.#ask({ kind: 'finish' });
		if (reply.kind !== 'finished') throw new Error(`${reply.kind} was answered where an end was asked for`);
		return reply;
	}

	async stop(): Promise<void> {
		await this.#worker.terminate();
	}

	#ask(ask: ReadBackAsk): Promise<ReadBackReply> {
		const waiting = Promise.withResolvers<ReadBackReply>();
		if (this.#fault) waiting.reject(this.#fault);
		else {
			this.#waiting.push(waiting);
			this.#post(ask);
		}
		return waiting.promise;
	}

	#post(ask: ReadBackAsk): void {
		this.#worker.postMessage(ask);
	}

	/** What fails while nobody waits is told to the next who asks; `finish` is always asked in the end. */
	#fail(error: Error): void {
		this.#fault ??= error;
		for (const { reject } of this.#waiting.splice(0)) reject(this.#fault);
	}
}

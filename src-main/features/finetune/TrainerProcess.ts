import { basename } from 'node:path';
import { setImmediate, setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type ErrorData, type Failure, failure } from '#contract/errors.ts';
import { describeExit, type ExitKind } from '../../platform/process/describeExit.ts';
import { type Child, startChild } from '../../platform/process/startChild.ts';
import { type TrainerEvent, type TrainerOrder, trainerEvent } from './trainer/trainerContract.ts';

type Refused = Extract<TrainerEvent, { type: 'refused' }>;
type FailureKind = ErrorData<'TRAINING_FAILED'>['kind'];

/** Nothing that a trainer says is longer. */
const longestMessage = 64 * 1024;
/** Events that wait for whoever reads them; the sane trainer says a few in a second. */
const mostWaiting = 10_000;
const lastEvents: ReadonlySet<TrainerEvent['type']> = new Set(['paused', 'trained', 'probed', 'merged', 'inspected']);
const failureOfExit: Record<ExitKind, FailureKind> = { killed: 'killed', broke: 'broke', fileLost: 'broke', processor: 'broke', ended: 'ended' };

/** How many seconds a trainer may say nothing. It says something every second or two while it computes. */
export interface TrainerPatience {
	/** Once it was asked to pause. */
	pausing: number;
	always: number;
}
const usualPatience: TrainerPatience = { pausing: 10, always: 600 };

/**
 * A trainer's process at its one order: a training, a probe of one, a merge or a look into an adapter (trainerContract.ts).
 *
 * It starts when it is made and ends by itself. It never outlives the app, and a run of the same folder may be started anew only when
 * `ended` has settled.
 */
export class TrainerProcess {
	/** Settles when the process and all it started are gone; never rejects. */
	readonly ended: Promise<void>;
	readonly #child: Child;
	readonly #order: TrainerOrder;
	readonly #waiting: TrainerEvent[] = [];
	#wake: () => void = () => {};
	#over = false;
	#done = false;
	/** Why we ended it ourselves, if we did; null: because we were asked to. */
	#reason: Failure | null | undefined;
	#pausing = false;
	/** Seconds in which nothing was said. Counted and not measured, so that a closed lid does not count. */
	#quietSeconds = 0;

	constructor(options: { node: string; entry: string; log: Logger; order: TrainerOrder; patience?: TrainerPatience }) {
		this.#order = options.order;
		this.#child = startChild({ node: options.node, entry: options.entry, log: options.log, name: 'trainer' });
		const closed = new Promise<void>((resolve) => this.#child.port.on('close', () => resolve()));
		this.#child.port.on('message', (event) => this.#receive(event?.data));
		this.#child.port.postMessage(JSON.stringify(options.order));
		const patience = options.patience ?? usualPatience;
		const watch = setInterval(() => {
			if (++this.#quietSeconds > (this.#pausing ? patience.pausing : patience.always))
				this.#end(this.#failed('silent', 'The trainer said nothing for too long.'));
		}, 1000);
		watch.unref();
		this.ended = this.#child.exited.then(async () => {
			clearInterval(watch);
			// What was said last may still be on its way when the process is gone.
			await Promise.race([closed, wait(1000, undefined, { ref: false })]);
			// An app that was held up comes to its timers first, and only then to what lies there to be read.
			await setImmediate();
			this.#over = true;
			this.#wake();
		});
	}

	/**
	 * What the trainer tells, in order, to its end; to be read once. It ends after the last event of an order or after `paused`, or
	 * where `kill` was called or `signal` aborted, which ends the process.
	 *
	 * @throws TRAINING_FAILED, TRAINING_UNSUPPORTED, TRAINING_TOO_BIG, and of an adapter ADAPTER_INVALID and ADAPTER_UNFIT
	 */
	async *events(signal?: AbortSignal): AsyncGenerator<TrainerEvent, void, void> {
		const abort = () => this.#end(null);
		signal?.addEventListener('abort', abort);
		if (signal?.aborted) abort();
		try {
			for (;;) {
				const event = this.#waiting.shift();
				if (event?.type === 'refused') throw this.#failureOf(event);
				if (event) yield event;
				else if (this.#over) break;
				else
					await new Promise<void>((resolve) => {
						this.#wake = resolve;
					});
			}
			const failed = await this.#howItEnded();
			if (failed) throw failed;
		} finally {
			signal?.removeEventListener('abort', abort);
			// Whoever stops reading has no use for the rest.
			if (!this.#over) this.#end(null);
			await this.ended;
		}
	}

	/**
	 * Asks the trainer to write down where it is after the step that it takes, and to end; settles when it has. One that says nothing for
	 * ten seconds then is ended: what it had saved before is kept, and `events` fails with the kind `silent`.
	 */
	pause(): Promise<void> {
		if (!this.#pausing) {
			this.#pausing = true;
			this.#quietSeconds = 0;
			this.#child.port.postMessage(JSON.stringify({ kind: 'pause' }));
		}
		return this.ended;
	}

	/** Ends the trainer and all it started at once, whatever it does; `events` then ends too. */
	kill(): Promise<void> {
		this.#end(null);
		return this.ended;
	}

	/** The last lines that the process wrote, oldest first, for the log of a run. */
	lastLines(): string[] {
		return this.#child.lastLines();
	}

	#receive(message: unknown): void {
		this.#quietSeconds = 0;
		const event = typeof message === 'string' && message.length <= longestMessage ? readEvent(message) : null;
		if (!event || this.#done || this.#waiting.length >= mostWaiting)
			this.#end(this.#failed('confused', 'The trainer gave an answer that makes no sense and was ended.'));
		else {
			this.#done = event.type === 'refused' || lastEvents.has(event.type);
			this.#waiting.push(event);
			this.#wake();
		}
	}

	#end(reason: Failure | null): void {
		// One that is done needs no reason to end.
		if (!this.#done) this.#reason ??= reason;
		this.#child.kill();
	}

	async #howItEnded(): Promise<Failure | null> {
		if (this.#reason !== undefined) return this.#reason;
		if (this.#done) return null;
		const { kind, words } = describeExit(await this.#child.exited);
		return this.#failed(failureOfExit[kind], [`The trainer ${words}.`, ...this.#child.lastLines().slice(-5)].join('\n').slice(0, 2000));
	}

	#failed(kind: FailureKind, detail: string): Failure {
		return failure('TRAINING_FAILED', { kind, detail });
	}

	#failureOf({ kind, sentence: detail, neededBytes }: Refused): Failure {
		const order = this.#order;
		const adapterName = 'adapterPath' in order ? basename(order.adapterPath) : '';
		switch (kind) {
			case 'modelUnsupported':
				return failure('TRAINING_UNSUPPORTED', { name: basename(order.modelPath), detail });
			case 'outOfMemory': {
				const freeBytes = 'mostBytes' in order ? order.mostBytes : 0;
				return failure('TRAINING_TOO_BIG', { neededBytes: Math.max(neededBytes ?? 0, freeBytes), freeBytes });
			}
			case 'otherArchitecture':
			case 'otherShape':
				return failure('ADAPTER_UNFIT', { name: adapterName, reason: kind, detail });
			case 'notGguf':
			case 'noAdapter':
			case 'damaged':
			case 'noPair':
			case 'unsupported':
				return failure('ADAPTER_INVALID', { fileName: adapterName, kind, detail });
			case 'notFinite':
				return 'adapterPath' in order ? failure('ADAPTER_INVALID', { fileName: adapterName, kind, detail }) : this.#failed(kind, detail);
			default:
				return this.#failed(kind, detail);
		}
	}
}

/** What a message says, or null where it is none of a trainer's. */
function readEvent(message: string): TrainerEvent | null {
	try {
		return trainerEvent.safeParse(JSON.parse(message)).data ?? null;
	} catch {
		return null;
	}
}

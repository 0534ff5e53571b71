import { setTimeout } from 'node:timers/promises';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { type ContractRouterClient, ORPCError, ValidationError } from '@orpc/contract';
import { ResponseValidationPlugin } from '@orpc/contract/plugins';
import type { Logger } from 'pino';
import { type ErrorData, type Failure, failure, isFailure } from '#contract/errors.ts';
import { describeExit } from '../../platform/process/describeExit.ts';
import type { IpcPort } from '../../platform/process/ipcPort.ts';
import { type Child, startChild } from '../../platform/process/startChild.ts';
import { type HostContract, hostContract } from './host/hostContract.ts';
import { isAnswerFrame } from './isAnswerFrame.ts';

export type HostClient = ContractRouterClient<HostContract>;

/** How a host came to its end, or why we ended it. */
type Crash = Omit<ErrorData<'MODEL_WORKER_CRASHED'>, 'name'>;

/** How long the end of a child may take to be known after its channel broke. */
const exitWaitMs = 2000;

/**
 * One engine host: the child process, and the calls to it.
 *
 * A call fails with what the host declares, or, however the host came to its end, with `MODEL_WORKER_CRASHED` and the cause in words.
 * A host whose answers are not as the contract says is ended.
 */
export class HostProcess {
	readonly #child: Child;
	readonly #client: HostClient;
	readonly #name: string;
	/** Why we ended it ourselves, if we did. */
	#reason: Failure | undefined;
	#closed = false;

	/** `name`: what the model is called in messages; `env`: what the host gets beside the usual environment. */
	constructor(options: { node: string; entry: string; name: string; log: Logger; env?: Record<string, string> }) {
		this.#name = options.name;
		this.#child = startChild({ node: options.node, entry: options.entry, log: options.log, name: 'engine', env: options.env ?? {} });
		this.#client = createORPCClient(new RPCLink({ port: this.#checkedPort(), plugins: [new ResponseValidationPlugin(hostContract)] }));
		this.#child.port.on('close', () => {
			this.#closed = true;
		});
	}

	/** Settles with what everything fails with that is asked of the host after its end. */
	get ended() {
		return this.#child.exited.then((exit) => {
			const { kind, words } = describeExit(exit);
			return this.#reason ?? this.#crash({ kind, detail: `The engine ${words}.` });
		});
	}

	lastLines(): string[] {
		return this.#child.lastLines();
	}

	/** Asks one thing of the host. */
	async call<T>(ask: (client: HostClient) => Promise<T>): Promise<T> {
		if (this.#closed) throw await this.ended;
		try {
			return await ask(this.#client);
		} catch (error) {
			throw await this.#toFailure(error);
		}
	}

	/** Follows a stream of the host. When `signal` aborts it ends, as if the host had, and the host is told; so it is where its reader leaves. */
	async *stream<T, End>(
		ask: (client: HostClient, how: { signal?: AbortSignal }) => Promise<AsyncIterable<T, End>>,
		signal?: AbortSignal,
	): AsyncGenerator<T, End | undefined, void> {
		try {
			if (this.#closed) throw await this.ended;
			return yield* await ask(this.#client, signal ? { signal } : {});
		} catch (error) {
			if (!signal?.aborted) throw await this.#toFailure(error);
			return undefined;
		}
	}

	/** Lets the host end by itself, and soon after ends it. */
	async stop(): Promise<void> {
		this.#reason ??= failure('MODEL_NOT_RUNNING', { name: this.#name });
		await this.#child.stop();
	}

	/** Ends the host at once; what is asked of it fails with `reason`, or with a crash for that reason. */
	kill(reason: Crash | Failure): void {
		this.#reason ??= isFailure(reason) ? reason : this.#crash(reason);
		this.#child.kill();
	}

	/** Ends a host whose answers make no sense. */
	refuse(): void {
		this.kill({ kind: 'confused', detail: 'The engine gave an answer that makes no sense and was ended.' });
	}

	#checkedPort(): IpcPort {
		const { port } = this.#child;
		const checked = (listener: (event?: { data: unknown }) => void) => (event?: { data: unknown }) => {
			if (event && !(typeof event.data === 'string' && isAnswerFrame(event.data))) this.refuse();
			else listener(event);
		};
		return { postMessage: (message) => port.postMessage(message), on: (event, listener) => port.on(event, checked(listener)) };
	}

	async #toFailure(error: unknown): Promise<unknown> {
		if (isFailure(error)) return error;
		if (error instanceof ValidationError || (error instanceof ORPCError && error.code === 'EVENT_ITERATOR_VALIDATION_FAILED')) this.refuse();
		else if (error instanceof ORPCError) return error;
		// A channel that breaks does so a little before the end of the child is known.
		const ended = await Promise.race([this.ended, setTimeout(exitWaitMs, undefined, { ref: false })]);
		return ended ?? error;
	}

	#crash(crash: Crash): Failure {
		return failure('MODEL_WORKER_CRASHED', { name: this.#name, ...crash });
	}
}

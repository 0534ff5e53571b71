import type { GeneratePiece, GenerateRequest } from '../../engine/engine.ts';

/** One answer asked of a model of a remote server. */
export type BackendRequest = Omit<GenerateRequest, 'modelId'> & { model: string };

/**
 * A server elsewhere that answers with models of its own.
 *
 * What is given to it leaves this machine, unless the server runs on it.
 */
export interface Backend {
	/**
	 * Answers a conversation, as the engine does: text in at most about 30 pieces a second, then an `end` with what it used. When `signal`
	 * aborts, the stream ends at once with `aborted`; it does not throw.
	 *
	 * Before the first piece nothing has been given to the reader, so another server may be asked after a failure; after it never.
	 *
	 * Throws OFFLINE, NETWORK_FAILED, SERVER_FAILED, SERVER_CONFUSED, RATE_LIMITED (busy, with the time), BACKEND_KEY_REFUSED,
	 * BACKEND_UNPAID, BACKEND_MODEL_UNKNOWN, BACKEND_REFUSED, BACKEND_SILENT, BACKEND_OFF, PROMPT_TOO_LONG, INSUFFICIENT_TOKENS, BAD_GRAMMAR or
	 * ADAPTER_UNFIT.
	 */
	generate(request: BackendRequest, signal?: AbortSignal): AsyncGenerator<GeneratePiece, void, void>;
	/** One vector for each text. Throws as `generate` does. */
	embed(model: string, texts: readonly string[], signal?: AbortSignal, ownerId?: string): Promise<number[][]>;
	/** The names of its models, in its order. Throws as `generate` does. */
	listModels(signal?: AbortSignal, ownerId?: string): Promise<string[]>;
	/** Whether it takes requests, at the least cost; throws why not, as `generate` does. */
	check(signal?: AbortSignal): Promise<void>;
}

import { failure } from '#contract/errors.ts';
import type { GeneratePiece, GenerateRequest, Models } from '../engine/engine.ts';
import type { Backend } from './backends/Backend.ts';
import { type AnswerPatience, guardAnswer, waitFor, whenGone } from './guardAnswer.ts';
import type { RoutesOptions } from './routes.ts';
import type { Target } from './Target.ts';

/** A model elsewhere may be loaded, read a long prompt and think for minutes before its first word. That its server lives meanwhile is looked after by the backend, which gives up on a silent one sooner. */
const usualPatience: AnswerPatience = { firstMs: 900_000, nextMs: 300_000 };

/** Asks one target of a route: a model of this machine, loaded when it must be, or one of a server elsewhere. */
export class TargetAsking {
	readonly #options: Pick<RoutesOptions, 'engine' | 'backends' | 'keepElsewhere' | 'patience'>;

	constructor(options: Pick<RoutesOptions, 'engine' | 'backends' | 'keepElsewhere' | 'patience'>) {
		this.#options = options;
	}

	/** Has it answer a request; a server within its patience. Throws what it fails with. */
	async *answer({ stored: { source } }: Target, request: GenerateRequest, signal: AbortSignal | undefined): AsyncGenerator<GeneratePiece, void, void> {
		const { engine, patience = usualPatience } = this.#options;
		if (source.kind === 'local') {
			const { modelId } = source;
			await engine.ensureRunning(request.ownerId, modelId, signal);
			return yield* engine.generate({ ...request, modelId }, signal);
		}
		const { name, endpoint, backend } = this.#server(source.backendId);
		const ask: Models['generate'] = (asked, leaving) => {
			const { modelId: _, ...order } = asked;
			return guardAnswer((more, stop) => backend.generate({ ...order, ...more, model: source.model }, stop), asked, { name, patience, signal: leaving });
		};
		const { keepElsewhere = (_of, generate) => generate } = this.#options;
		yield* keepElsewhere({ ...source, endpoint }, ask)(request, signal);
	}

	/** One piece with a vector for each text. Throws what it fails with, and the reason of `signal`. */
	async *embed({ stored: { source } }: Target, ownerId: string, texts: string[], signal: AbortSignal | undefined): AsyncGenerator<number[][]> {
		const { engine, patience = usualPatience } = this.#options;
		if (source.kind === 'backend') {
			const { name, backend } = this.#server(source.backendId);
			const over = new AbortController();
			const asked = backend.embed(source.model, texts, AbortSignal.any([over.signal, ...(signal ? [signal] : [])]), ownerId);
			const vectors = await waitFor(asked, patience.firstMs, whenGone(signal, over.signal)).finally(() => over.abort());
			signal?.throwIfAborted();
			if (!Array.isArray(vectors)) throw failure('BACKEND_SILENT', { name });
			return yield vectors;
		}
		await engine.ensureRunning(ownerId, source.modelId, signal);
		yield await engine.embed(ownerId, source.modelId, texts, signal);
	}

	#server(backendId: string): { name: string; endpoint: string; backend: Backend } {
		const server = this.#options.backends.find(backendId);
		if (!server) throw failure('NOT_FOUND', { what: 'backend' });
		return server;
	}
}

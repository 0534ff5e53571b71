import type { Usage } from '#contract/engine.ts';
import type { GeneratePiece, GenerateRequest, Models } from './engine.ts';

/** One request that scripted models were asked, which a test answers as it likes. */
export class Asked {
	readonly request: GenerateRequest;
	readonly signal: AbortSignal | undefined;
	readonly #waiting: (GeneratePiece | Error)[] = [];
	#wake = () => {};

	constructor(request: GenerateRequest, signal: AbortSignal | undefined) {
		this.request = request;
		this.signal = signal;
		signal?.addEventListener('abort', () => this.#wake());
	}

	/** Says one word, which is one token; 10 more were the prompt. */
	say(text: string, completionTokens: number): this {
		return this.#push({ type: 'text', text, spans: [], usage: usageOf(completionTokens) });
	}

	end(finish: 'stop' | 'length' | 'budget', completionTokens: number): this {
		return this.#push({ type: 'end', finish, usage: usageOf(completionTokens) });
	}

	fail(error: Error): this {
		return this.#push(error);
	}

	#push(piece: GeneratePiece | Error): this {
		this.#waiting.push(piece);
		this.#wake();
		return this;
	}

	/** As an engine does it: when its signal aborts it ends, with what was used. */
	async *pieces(): AsyncGenerator<GeneratePiece, void, void> {
		let usage = usageOf(0);
		for (;;) {
			if (this.signal?.aborted) return yield { type: 'end', finish: 'aborted', usage };
			const next = this.#waiting.shift();
			if (next instanceof Error) throw next;
			if (next) {
				usage = next.usage;
				yield next;
				if (next.type === 'end') return;
			} else {
				await new Promise<void>((resolve) => {
					this.#wake = resolve;
				});
			}
		}
	}
}

/** Models whose answers a test gives by hand: the world in which answers come in any order, or never. */
export class ScriptedModels implements Models {
	readonly asked: Asked[] = [];
	/** What is answered at once where a test does not want to say it itself. */
	answer: ((asked: Asked) => void) | null = null;
	usable = (_ownerId: string, _modelId: string): boolean => true;

	generate(request: GenerateRequest, signal?: AbortSignal): AsyncGenerator<GeneratePiece, void, void> {
		const asked = new Asked(request, signal);
		this.asked.push(asked);
		this.answer?.(asked);
		return asked.pieces();
	}

	mayUse(ownerId: string, modelId: string): boolean {
		return this.usable(ownerId, modelId);
	}

	usableBy(ownerId: string): (modelId: string) => boolean {
		return (modelId) => this.usable(ownerId, modelId);
	}

	ensureRunning(): never {
		throw new Error('scripted models are not loaded');
	}

	async embed(_ownerId: string, _modelId: string, texts: string[]): Promise<number[][]> {
		return texts.map((text) => [text.length]);
	}

	async countTokens(_ownerId: string, _modelId: string, text: string): Promise<number> {
		return text.split(' ').length;
	}

	/** The request that was asked last. */
	get last(): Asked {
		const last = this.asked.at(-1);
		if (!last) throw new Error('nothing was asked');
		return last;
	}
}

export function usageOf(completionTokens: number): Usage {
	return { promptTokens: 10, reusedTokens: 0, completionTokens, firstTokenMs: 40, tokensPerSecond: 20 };
}

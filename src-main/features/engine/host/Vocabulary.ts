import { setImmediate } from 'node:timers/promises';
import type { Llama, LlamaModel } from 'node-llama-cpp';
import { failure } from '#contract/errors.ts';
import { ChatRenderer } from './ChatRenderer.ts';
import { encodeChat } from './encodeChat.ts';
import { type ChatTurn, type EncodedPart, mostPartTokens, type VocabularyOrder } from './hostContract.ts';

/** A model without its weights: what makes tokens of texts, with the very template that it is asked by. */
export class Vocabulary {
	readonly #model: LlamaModel;
	readonly #renderer: ChatRenderer;

	/** Throws `MODEL_LOAD_FAILED`, `TEMPLATE_TIMEOUT` or `TEMPLATE_FAILED`. */
	static async load(llama: Llama, order: VocabularyOrder): Promise<Vocabulary> {
		const model = await llama.loadModel({ modelPath: order.path, vocabOnly: true, gpuLayers: 0, ignoreMemorySafetyChecks: true }).catch((error) => {
			const detail = error instanceof Error ? error.message : String(error);
			throw failure('MODEL_LOAD_FAILED', { name: order.name, kind: 'model', detail: detail.slice(0, 500) }, error);
		});
		return new Vocabulary(model, new ChatRenderer(model, order.name, order.chatTemplate));
	}

	private constructor(model: LlamaModel, renderer: ChatRenderer) {
		this.#model = model;
		this.#renderer = renderer;
	}

	/** Chats to learn from, one after the other, each in parts of which the last is `done`. Throws `TEMPLATE_TIMEOUT` or `TEMPLATE_FAILED`. */
	async *encodeChats(chats: readonly (readonly ChatTurn[])[], signal?: AbortSignal): AsyncGenerator<EncodedPart, void, void> {
		for (const turns of chats) {
			// The end of the channel, and of the wish, are heard in between.
			await setImmediate();
			if (signal?.aborted) return;
			const { tokens, learnt } = encodeChat(this.#model, this.#renderer, turns);
			yield* inParts(tokens.map((token, i) => token * 2 + (learnt[i] ? 1 : 0)));
		}
	}

	/** A text as it is; nothing of it is marked as learnt. */
	*encodeText(text: string): Generator<EncodedPart, void, void> {
		yield* inParts(this.#model.tokenize(text, false).map((token) => token * 2));
	}
}

function* inParts(coded: readonly number[]): Generator<EncodedPart, void, void> {
	for (let from = 0; ; from += mostPartTokens) {
		const done = from + mostPartTokens >= coded.length;
		yield { coded: coded.slice(from, from + mostPartTokens), done };
		if (done) return;
	}
}

import type { Logger } from 'pino';
import { Places } from '../../platform/process/Places.ts';
import type { Library } from '../library/library.ts';
import { refuseNoModel } from './host/checkFiles.ts';
import type { ChatTurn } from './host/hostContract.ts';
import { type EncodedText, VocabularyHost } from './VocabularyHost.ts';

export interface VocabulariesOptions {
	library: Pick<Library, 'get' | 'facts'>;
	log: Logger;
	/** The Node executable that engine hosts run under. */
	node: string;
	hostEntry: string;
	/** A host that says nothing for so long is ended. */
	silentMs: number;
}

/**
 * What makes tokens of texts with models that need not be loaded: a process of its own reads a model's vocabulary, and ends with what was
 * asked. Four of them go on at a time, two of one owner; others wait. Whose the model is, the caller has seen to.
 */
export class Vocabularies {
	readonly #options: VocabulariesOptions;
	/** A vocabulary alone takes a few hundred megabytes of a large model. */
	readonly #places = new Places({ most: 4, mostEach: 2 });

	constructor(options: VocabulariesOptions) {
		this.#options = options;
	}

	/** See `Engine.encodeChats`. */
	async *encodeChats(ownerId: string, modelId: string, chats: readonly ChatTurn[][], signal?: AbortSignal): AsyncGenerator<EncodedText, void, void> {
		const { vocabulary, close } = await this.#open(ownerId, modelId, signal);
		try {
			yield* vocabulary.encodeChats(chats);
		} finally {
			await close();
		}
	}

	/** See `Engine.encodeText`. */
	async encodeText(ownerId: string, modelId: string, text: string, signal?: AbortSignal): Promise<number[]> {
		const { vocabulary, close } = await this.#open(ownerId, modelId, signal);
		try {
			return await vocabulary.encodeText(text);
		} finally {
			await close();
		}
	}

	/** Waits until there is a place for one more beside those that are in use. */
	async #open(ownerId: string, modelId: string, signal?: AbortSignal): Promise<{ vocabulary: VocabularyHost; close(): Promise<void> }> {
		const leave = await this.#places.take(ownerId, signal);
		try {
			const { library, node, hostEntry, log, silentMs } = this.#options;
			const { path: file, name, defaults } = library.get(modelId);
			refuseNoModel(await library.facts(modelId), file);
			const order = { path: file, name, chatTemplate: defaults?.chatTemplate ?? null };
			const vocabulary = await VocabularyHost.open({ node, hostEntry, log, order, silentMs, signal });
			return { vocabulary, close: () => vocabulary.close().finally(leave) };
		} catch (error) {
			leave();
			throw error;
		}
	}
}

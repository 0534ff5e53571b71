import { existsSync } from 'node:fs';
import { failure } from '#contract/errors.ts';
import { trainTestAdapter } from '../finetune/trainer/trainTestAdapter.test-support.ts';
import type { AdapterShelf } from './adapterShelf.ts';
import type { ChatTurn, Engine } from './engine.ts';

interface Kept {
	ownerId: string;
	modelId: string;
	name: string;
	file: string;
}

/** A shelf of adapters for tests, with what is to be refused of them; their files are real. */
export class TestShelf implements AdapterShelf {
	readonly kept = new Map<string, Kept>();

	open: AdapterShelf['open'] = (ownerId, { id, scale }, modelId) => {
		const found = this.kept.get(id);
		if (!found || found.ownerId !== ownerId) throw failure('NOT_FOUND', { what: 'adapter' });
		if (found.modelId !== modelId) throw failure('ADAPTER_UNFIT', { name: found.name, reason: 'otherBase', detail: '' });
		if (!existsSync(found.file)) throw failure('ADAPTER_MISSING', { name: found.name });
		return { file: found.file, scale, name: found.name };
	};

	/** Trains an adapter that answers as in this chat, and keeps it under an id. */
	async teach(id: string, engine: Engine, modelPath: string, kept: Kept, chat: ChatTurn[]): Promise<void> {
		const examples = [];
		for await (const encoded of engine.encodeChats(kept.ownerId, kept.modelId, [chat])) examples.push(encoded);
		await trainTestAdapter(modelPath, kept.file, examples);
		this.kept.set(id, kept);
	}
}

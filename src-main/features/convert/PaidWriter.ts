import { failure } from '#contract/errors.ts';
import { fenceFor } from '../../platform/text/fenceFor.ts';
import type { ChatTurn, JsonSchema } from '../engine/engine.ts';
import { Writing, type WritingOrder, type WritingTools } from '../writing/writing.ts';

/** The model that works on a source, and what is attached to it. */
export type ByModel = Pick<WritingOrder, 'modelId' | 'adapter'>;

/** What a model is asked to write. */
export interface Asked {
	turns: ChatTurn[];
	/** The form that a grammar keeps it to. */
	schema: JsonSchema;
	/** The tokens that reading and writing it likely take. */
	likely: number;
	/** The most tokens of each try. */
	budgets: readonly number[];
}

/** Has a model write for somebody who pays for it by the price of a conversion (writing/writing.ts). */
export class PaidWriter {
	readonly #writing: Writing;

	constructor(tools: WritingTools) {
		this.#writing = new Writing(tools);
	}

	/** About how many tokens it costs. Throws what Writing.estimate does. */
	estimate(ownerId: string, by: ByModel, asked: Pick<Asked, 'likely'>): number {
		return this.#writing.estimate(ownerId, orderOf(by, asked));
	}

	/**
	 * What a model, loaded if need be, wrote; null where `signal` ended it. `onText` is told what there is of it, '' when it begins.
	 *
	 * Throws what Writing.pay does, and RECORDS_INVALID where it came to no end.
	 */
	async write(ownerId: string, by: ByModel, asked: Asked, onText: (text: string) => void, signal: AbortSignal): Promise<string | null> {
		const form = { turns: asked.turns, jsonSchema: asked.schema, budgets: asked.budgets };
		const written = await this.#writing.writeForm(ownerId, orderOf(by, asked), form, onText, signal);
		if (written?.text === null) throw failure('RECORDS_INVALID', { reason: 'cutOff' });
		return written === null ? null : written.text;
	}
}

function orderOf({ modelId, adapter }: ByModel, { likely }: Pick<Asked, 'likely'>): WritingOrder {
	return { task: 'convert', modelId, adapter, likely };
}

/** What is asked of a source: it stands between two lines that do not occur in it, so that it cannot seem to end early. */
export function turnsAbout(system: string, content: string): ChatTurn[] {
	const fence = fenceFor(content);
	return [
		{ role: 'system', content: system },
		{ role: 'user', content: `${fence}\n${content}\n${fence}` },
	];
}

import { randomUUID } from 'node:crypto';
import type { AttachedAdapter } from '#contract/attachedAdapter.ts';
import type { FieldsStep, RecordField, RecordsStep } from '#contract/convertRecords.ts';
import { failure } from '#contract/errors.ts';
import type { Model } from '#contract/library.ts';
import { likelyTokens, likelyTokensOf, priceOf } from '#contract/priceOf.ts';
import { type Db, immediate } from '../../../platform/database/openDatabase.ts';
import { JobPaused } from '../../../platform/jobs/JobRunner.ts';
import { tellSteps } from '../../../platform/rpc/tellSteps.ts';
import { fenceFor } from '../../../platform/text/fenceFor.ts';
import { fillTemplate } from '../../../platform/text/fillTemplate.ts';
import { readTemplate } from '../../../platform/text/readTemplate.ts';
import { type AdapterShelf, type ChatTurn, type Engine, type JsonSchema, writeInForm } from '../../engine/engine.ts';
import { HoldShare, type Ledger } from '../../ledger/ledger.ts';
import { requireModel } from '../../library/library.ts';
import { fieldsSchema, readFields, readRecords, recordsSchema } from './recordForm.ts';

/** The fields of a text, as most texts have. */
const fieldsTokens = 250;
/** Records say about what the text says, and beside each value its field's name. */
const recordsShare = 1.6;
const budgets = [2048, 8192];

/** A text that no parser can read, and by what it is read. */
export interface RecordsOrder {
	content: string;
	modelId: string;
	adapter: AttachedAdapter | null;
}

interface Tools {
	db: Db;
	engine: Engine;
	library: { get(modelId: string): Model };
	ledger: Ledger;
	adapters: AdapterShelf;
}

interface Asked {
	turns: ChatTurn[];
	schema: JsonSchema;
	likely: number;
}

/**
 * Records that a model takes out of free text, in a form that a grammar keeps it to. Nothing of them is kept here.
 *
 * What it is likely to cost is set aside first; what was used is charged however it ends, and the rest goes back.
 */
export class RecordWriter {
	readonly #tools: Tools;
	readonly #prompts: { fields: string; records: string };

	constructor(tools: Tools, promptsFolder: string) {
		this.#tools = tools;
		this.#prompts = { fields: readTemplate(promptsFolder, 'convert-fields.txt'), records: readTemplate(promptsFolder, 'convert-records.txt') };
	}

	/** About how many tokens it costs: without fields to have them proposed, with them to have the records. Throws NO_MODEL, and for an adapter what `open` does. */
	estimate(ownerId: string, { content, modelId, adapter }: RecordsOrder, fields: readonly RecordField[] | null): number {
		if (modelId === '') throw failure('NO_MODEL', {});
		if (adapter) this.#tools.adapters.open(ownerId, adapter, modelId);
		const { likely } = fields === null ? this.#askFields(content) : this.#askRecords(content, fields);
		return priceOf(this.#tools.ledger.price('convert'), likely);
	}

	/** Has a model propose the fields of a text. Throws NO_MODEL, MODEL_MISSING, INSUFFICIENT_TOKENS, the engine's failures and RECORDS_INVALID. */
	async *fields(ownerId: string, order: RecordsOrder, signal?: AbortSignal): AsyncGenerator<FieldsStep> {
		const asked = this.#askFields(order.content);
		yield* tellSteps<FieldsStep, FieldsStep>(
			async (onStep, ended) => {
				const text = await this.#write(ownerId, order, asked, () => onStep({ kind: 'writing' }), ended);
				return text === null ? null : { kind: 'proposed', fields: readFields(text) };
			},
			{ kind: 'loading' },
			signal,
		);
	}

	/** Has a model take the records with these fields out of a text. Throws as `fields` does. */
	async *records(ownerId: string, order: RecordsOrder, fields: readonly RecordField[], signal?: AbortSignal): AsyncGenerator<RecordsStep> {
		const asked = this.#askRecords(order.content, fields);
		const [first] = fields;
		const begun = (text: string) => text.split(`${JSON.stringify(first?.name)}:`).length - 1;
		yield* tellSteps<RecordsStep, RecordsStep>(
			async (onStep, ended) => {
				const text = await this.#write(ownerId, order, asked, (now) => onStep({ kind: 'writing', records: begun(now) }), ended);
				return text === null ? null : { kind: 'made', ...readRecords(text, order.content) };
			},
			{ kind: 'loading' },
			signal,
		);
	}

	/** What a model wrote in a form; null where `signal` ended it. */
	async #write(
		ownerId: string,
		order: RecordsOrder,
		{ turns, schema, likely }: Asked,
		onText: (text: string) => void,
		signal: AbortSignal,
	): Promise<string | null> {
		const { db, engine, ledger, library, adapters } = this.#tools;
		const { modelId, adapter: attached } = order;
		const { name: modelName } = requireModel(library, modelId);
		const adapter = attached && adapters.open(ownerId, attached, modelId);
		const tokens = priceOf(ledger.price('convert'), likely);
		const hold = ledger.openHold({ requestId: randomUUID(), accountId: ownerId, task: 'convert', modelId, modelName, subjectId: null, tokens });
		const allotment = new HoldShare(ledger, hold).open();
		try {
			await engine.ensureRunning(ownerId, modelId, signal);
			onText('');
			const asked = { modelId, ownerId, adapter, turns, jsonSchema: schema, budgets, leastTokens: likely };
			const written = await writeInForm({ engine, allotment, onText }, asked, signal);
			if (written.end === 'aborted') return null;
			if (written.end === 'cutOff') throw failure('RECORDS_INVALID', { reason: 'cutOff' });
			return written.text;
		} catch (error) {
			if (signal.aborted) return null;
			throw error instanceof JobPaused ? error.reason : error;
		} finally {
			immediate(db, (tx) => ledger.settle(hold.id, allotment.used, tx));
		}
	}

	#askFields(content: string): Asked {
		const turns = turnsOf(this.#prompts.fields, content);
		return { turns, schema: fieldsSchema, likely: likelyTokensOf(turns) + fieldsTokens };
	}

	#askRecords(content: string, fields: readonly RecordField[]): Asked {
		const lines = fields.map(({ name, type, note }) => `- ${JSON.stringify(name)} (${type})${note === '' ? '' : `: ${note}`}`);
		const turns = turnsOf(fillTemplate(this.#prompts.records, { fields: lines.join('\n') }), content);
		return { turns, schema: recordsSchema(fields, content), likely: likelyTokensOf(turns) + Math.ceil(likelyTokens(content) * recordsShare) + 40 };
	}
}

/** The text stands between two lines that do not occur in it, so that it cannot seem to end early. */
function turnsOf(system: string, content: string): ChatTurn[] {
	const fence = fenceFor(content);
	return [
		{ role: 'system', content: system },
		{ role: 'user', content: `${fence}\n${content}\n${fence}` },
	];
}

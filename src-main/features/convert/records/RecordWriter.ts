import type { FieldsStep, RecordField, RecordsStep } from '#contract/convertRecords.ts';
import { likelyTokens, likelyTokensOf } from '#contract/priceOf.ts';
import { tellSteps } from '../../../platform/rpc/tellSteps.ts';
import { fillTemplate } from '../../../platform/text/fillTemplate.ts';
import { readTemplate } from '../../../platform/text/readTemplate.ts';
import { type Asked, type ByModel, type PaidWriter, turnsAbout } from '../PaidWriter.ts';
import { fieldsSchema, readFields, readRecords, recordsSchema } from './recordForm.ts';

/** The fields of a text, as most texts have. */
const fieldsTokens = 250;
/** Records say about what the text says, and beside each value its field's name. */
const recordsShare = 1.6;
const budgets = [2048, 8192];

/** A text that no parser can read, and by what it is read. */
export interface RecordsOrder extends ByModel {
	content: string;
}

/** Records that a model takes out of free text, in a form that a grammar keeps it to. Nothing of them is kept here. */
export class RecordWriter {
	readonly #writer: PaidWriter;
	readonly #prompts: { fields: string; records: string };

	constructor(writer: PaidWriter, promptsFolder: string) {
		this.#writer = writer;
		this.#prompts = { fields: readTemplate(promptsFolder, 'convert-fields.txt'), records: readTemplate(promptsFolder, 'convert-records.txt') };
	}

	/** About how many tokens it costs: without fields to have them proposed, with them to have the records. Throws as `PaidWriter.estimate` does. */
	estimate(ownerId: string, order: RecordsOrder, fields: readonly RecordField[] | null): number {
		return this.#writer.estimate(ownerId, order, fields === null ? this.#askFields(order.content) : this.#askRecords(order.content, fields));
	}

	/** Has a model propose the fields of a text. Throws as `PaidWriter.write` does, and RECORDS_INVALID. */
	async *fields(ownerId: string, order: RecordsOrder, signal?: AbortSignal): AsyncGenerator<FieldsStep> {
		const asked = this.#askFields(order.content);
		yield* tellSteps<FieldsStep, FieldsStep>(
			async (onStep, ended) => {
				const text = await this.#writer.write(ownerId, order, asked, () => onStep({ kind: 'writing' }), ended);
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
				const text = await this.#writer.write(ownerId, order, asked, (now) => onStep({ kind: 'writing', records: begun(now) }), ended);
				return text === null ? null : { kind: 'made', ...readRecords(text, order.content) };
			},
			{ kind: 'loading' },
			signal,
		);
	}

	#askFields(content: string): Asked {
		const turns = turnsAbout(this.#prompts.fields, content);
		return { turns, schema: fieldsSchema, likely: likelyTokensOf(turns) + fieldsTokens, budgets };
	}

	#askRecords(content: string, fields: readonly RecordField[]): Asked {
		const lines = fields.map(({ name, type, note }) => `- ${JSON.stringify(name)} (${type})${note === '' ? '' : `: ${note}`}`);
		const turns = turnsAbout(fillTemplate(this.#prompts.records, { fields: lines.join('\n') }), content);
		const likely = likelyTokensOf(turns) + Math.ceil(likelyTokens(content) * recordsShare) + 40;
		return { turns, schema: recordsSchema(fields, content), likely, budgets };
	}
}

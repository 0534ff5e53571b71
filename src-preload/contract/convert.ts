import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { conversion, conversionFile } from './convertBatch.ts';
import { convertLimits } from './convertLimits.ts';
import { mended, repairSource, repairStep } from './convertMend.ts';
import { convertOrder, formatName, markupOrder, tableOrder } from './convertOrder.ts';
import { fieldsStep, recordFields, recordsSource, recordsStep } from './convertRecords.ts';
import { convertReport, schemaProblem, valueDifference } from './convertReport.ts';
import { procedure } from './define.ts';
import { loadFailures } from './engine.ts';
import { path } from './library.ts';

const content = z.string().max(convertLimits.textCharacters);

/** A text, and how it is to be read. */
export const convertSource = z.strictObject({
	content,
	from: formatName.nullable().default(null),
	table: tableOrder.default(tableOrder.parse({})),
	markup: markupOrder.default(markupOrder.parse({})),
});
export type ConvertSource = z.infer<typeof convertSource>;

export const convertPreset = z.object({ id: z.string(), name: z.string(), order: convertOrder });
export type ConvertPreset = z.infer<typeof convertPreset>;

const conversionId = z.strictObject({ conversionId: z.string() });
const fileId = conversionId.extend({ fileId: z.string() });
const workFailures = ['CONVERT_INVALID', 'CONVERT_UNKNOWN', 'CONVERT_LOSSY', 'CONVERT_STOPPED', 'JSONPATH_INVALID'] as const;
const modelFailures = [
	...loadFailures,
	...(['NO_MODEL', 'INSUFFICIENT_TOKENS', 'PROMPT_TOO_LONG', 'ADAPTER_MISSING', 'ADAPTER_UNFIT', 'ADAPTER_INVALID', 'RECORDS_INVALID'] as const),
] as const;
const piece = z.object({ fileName: z.string(), sizeBytes: z.number().int(), file: z.file() });

export const convert = {
	/** The formats there are: their files' endings and media types, whether they are text, and whether files of any size are converted record by record. */
	formats: procedure('user').output(
		z.array(z.object({ name: formatName, extensions: z.array(z.string()), mime: z.string(), isText: z.boolean(), canStream: z.boolean() })),
	),
	/**
	 * Converts a text, and says what could not be carried. It uses no model and costs no tokens. CONVERT_STOPPED after 10 seconds. Leaving ends it.
	 *
	 * `convertedContent` is null where the target is no text: `file` has it then.
	 */
	text: procedure('user', workFailures)
		.input(z.strictObject({ content, order: convertOrder }))
		.output(
			convertReport.omit({ sidecar: true }).extend({ convertedContent: z.string().nullable(), file: z.file().nullable(), sidecar: z.string().nullable() }),
		),
	/** As which format a text, or the beginning of a file, would be read; null: none that is known. */
	detect: procedure('user')
		.input(z.strictObject({ file: z.file().max(convertLimits.pieceBytes), fileName: z.string().max(1_000), encoding: z.string().max(40).optional() }))
		.output(z.object({ format: formatName.nullable(), encoding: z.string(), content: z.string().nullable() })),
	/** Checks a text by a JSON Schema; with null, by the one that its own values suggest. The first problems of it and how many there are, and the schema. */
	validate: procedure('user', ['CONVERT_INVALID', 'CONVERT_UNKNOWN', 'CONVERT_STOPPED', 'SCHEMA_INVALID'])
		.input(convertSource.extend({ schema: z.string().max(1_000_000).nullable() }))
		.output(z.object({ schema: z.string(), problems: z.array(schemaProblem), total: z.number().int() })),
	/** The source of a conversion again, of its result, edited or not, and the sidecar that was made beside it. */
	back: procedure('user', ['CONVERT_INVALID', 'CONVERT_STOPPED'])
		.input(z.strictObject({ content, sidecar: z.file().max(convertLimits.wholeBytes) }))
		.output(z.object({ content: z.string(), format: formatName })),
	/** What rules make of a text that cannot be read as its format, each change with the rule's name; nothing is kept, and it costs no tokens. */
	mend: procedure('user', ['CONVERT_STOPPED'])
		.input(z.strictObject({ content, from: formatName, delimiter: tableOrder.shape.delimiter }))
		.output(mended),
	/** Which line `repair` would repair, and about what that would cost; null where there is nothing that a model could. */
	repairCost: procedure('user', ['NO_MODEL', 'ADAPTER_MISSING', 'ADAPTER_UNFIT', 'CONVERT_STOPPED'], { model: 'modelId' })
		.input(repairSource)
		.output(z.object({ line: z.number().int(), tokens: z.number().int() }).nullable()),
	/** Has a model, loaded if need be, repair the first broken place of a text; nothing is kept. Leaving ends it, and what was used is charged. */
	repair: procedure('user', [...modelFailures, 'CONVERT_STOPPED'], { model: 'modelId' })
		.input(repairSource)
		.output(eventIterator(repairStep)),
	/** Compares two texts, of whatever formats, as values: their order of keys, their comments and their layout are no difference. */
	diff: procedure('user', ['CONVERT_INVALID', 'CONVERT_UNKNOWN', 'CONVERT_STOPPED'])
		.input(z.strictObject({ left: convertSource, right: convertSource }))
		.output(z.object({ differences: z.array(valueDifference), total: z.number().int() })),

	/** About what `proposeFields` would cost, or with fields `records`, before it is done. */
	recordsCost: procedure('user', ['NO_MODEL', 'ADAPTER_MISSING', 'ADAPTER_UNFIT'], { model: 'modelId' })
		.input(recordsSource.extend({ fields: recordFields.nullable() }))
		.output(z.object({ tokens: z.number().int() })),
	/** Has a model, loaded if need be, propose which fields the records of a free text have. Leaving ends it, and what was used is charged. */
	proposeFields: procedure('user', modelFailures, { model: 'modelId' }).input(recordsSource).output(eventIterator(fieldsStep)),
	/** Has a model take records out of a free text, each with these fields; nothing of them is kept. Leaving ends it, and what was used is charged. */
	records: procedure('user', modelFailures, { model: 'modelId' })
		.input(recordsSource.extend({ fields: recordFields }))
		.output(eventIterator(recordsStep)),

	presets: procedure('user').output(z.array(convertPreset)),
	/** Keeps an order under a name; of one name there is one. */
	savePreset: procedure('user', ['TOO_MANY_FILES'])
		.input(z.strictObject({ name: z.string().trim().min(1).max(100), order: convertOrder }))
		.output(convertPreset),
	removePreset: procedure('user')
		.input(z.strictObject({ presetId: z.string() }))
		.output(z.void()),

	/**
	 * Sends files to be converted, a piece at a time: null begins a batch and gives back its id, for the next pieces. The names are paths where they
	 * come from a folder. A large file comes in parts, of which all but the first continue it.
	 */
	sendFiles: procedure('user', ['TOO_MANY_FILES', 'JOB_STATE', 'DISK_FULL', 'DISK_FAILED'])
		.input(
			conversionId.extend({
				conversionId: z.string().nullable(),
				files: z
					.array(
						z.strictObject({ fileName: z.string().min(1).max(1_000), file: z.file().max(convertLimits.pieceBytes), continues: z.boolean().default(false) }),
					)
					.min(1)
					.max(convertLimits.pieceFiles),
			}),
		)
		.output(conversion),
	/** Adds files of this machine to a batch, where they stay: a file, or all that a folder holds which can be converted. */
	addPath: procedure('admin', ['TOO_MANY_FILES', 'JOB_STATE', 'FILE_NOT_FOUND', 'FILE_NOT_ALLOWED', 'DISK_FAILED'])
		.input(conversionId.extend({ conversionId: z.string().nullable(), path }))
		.output(conversion),
	/** Takes a file off a batch that was not started yet. */
	dropFile: procedure('user', ['JOB_STATE']).input(fileId).output(conversion),
	/** Queues the job that converts a batch; the results are kept here to be fetched. It costs no tokens. */
	start: procedure('user', ['JOB_STATE'])
		.input(conversionId.extend({ order: convertOrder }))
		.output(conversion),
	/** The same, with the results written into a folder of this machine. */
	startInto: procedure('admin', ['JOB_STATE', 'FILE_NOT_FOUND', 'FILE_NOT_ALLOWED', 'DISK_FAILED'])
		.input(
			conversionId.extend({
				order: convertOrder,
				folder: path,
				/** What becomes of a file that has the name of a result: the result is not written, gets another name, or takes its place. */
				existing: z.enum(['keep', 'rename', 'replace']).default('keep'),
			}),
		)
		.output(conversion),
	/** The caller's batches, newest first. */
	list: procedure('user').output(z.array(conversion)),
	/** The files of a batch in their order. */
	files: procedure('user').input(conversionId).output(z.array(conversionFile)),
	/** The batch now, and again after each change, at most five times a second, with the files that changed. */
	watch: procedure('user')
		.input(conversionId)
		.output(eventIterator(z.object({ conversion, changed: z.array(conversionFile) }))),
	/** The report of a file that was converted. */
	report: procedure('user').input(fileId).output(convertReport),
	/** A piece of a result that is kept here, or of its sidecar, from this byte on. */
	result: procedure('user', ['DISK_FAILED'])
		.input(fileId.extend({ part: z.enum(['result', 'sidecar']).default('result'), from: z.number().int().min(0).max(convertLimits.fileBytes).default(0) }))
		.output(piece),
	/** Deletes a batch with the results that are kept here; a job that is at work is cancelled first. */
	remove: procedure('user', ['JOB_STATE']).input(conversionId).output(z.void()),
};

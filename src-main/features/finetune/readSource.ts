import { failure } from '#contract/errors.ts';
import type { DatasetForm, DatasetSource, ExampleColumns, ExampleTurn } from '#contract/finetune.ts';
import { decodeText } from '../../platform/text/decodeText.ts';
import { foreignKind } from '../../platform/text/foreignKind.ts';
import { refusal } from './checkTurns.ts';
import { datasetLimits, type ExampleCollector } from './ExampleCollector.ts';
import { readJsonExamples } from './readJsonExamples.ts';
import { readSubtitleExamples } from './readSubtitleExamples.ts';
import { readTableExamples } from './readTableExamples.ts';
import { looksLikeJson } from './splitRecords.ts';

/** Work of somebody's own in Homeroom: a class, a film or a conversation, and what it teaches. */
export interface OwnWork {
	title: string;
	/** `turns` is null where there is something, but nothing to learn from it; `why` where that is not the usual reason for it. */
	examples: { row: number; turns: ExampleTurn[] | null; why?: 'brokenTags' | 'doubtful' }[];
}

/** How the caller's own work is asked for; app.ts has it from the features that keep it. */
export interface OwnWorkSources {
	/** What the teacher settled on in these classes, as grading asks for it. NOT_FOUND where one is not this owner's. */
	marksOf(ownerId: string, assignmentIds: readonly string[]): OwnWork[];
	/** What was settled in these translations of subtitles, as a model is asked for them. NOT_FOUND where one is not this owner's. */
	cuesOf(ownerId: string, projectIds: readonly string[]): OwnWork[];
	/** These conversations, each as one example. NOT_FOUND where one is not this owner's. */
	chatsOf(ownerId: string, conversationIds: readonly string[]): OwnWork[];
}

/** What a source turned out to be; its examples are with the collector. */
export interface ReadSource {
	form: DatasetForm;
	/** The file's name, or what it was made from; empty for a text that was pasted. */
	origin: string;
	encoding: string | null;
	delimiter: string | null;
	columns: string[] | null;
	chosenColumns: ExampleColumns | null;
}

const nothingOfTables = { encoding: null, delimiter: null, columns: null, chosenColumns: null };
const originCharacters = 200;

/**
 * Gathers the examples of whatever source into `into`.
 *
 * @throws DATASET_INVALID where it is empty, no text, in no known form or has too many examples; CSV_INVALID and CSV_COLUMN_MISSING of a table;
 * TOO_LARGE; NOT_FOUND of own work that is not there.
 */
export async function readSource(ownerId: string, source: DatasetSource, own: OwnWorkSources, into: ExampleCollector): Promise<ReadSource> {
	switch (source.from) {
		case 'file':
			return readFile(source, into);
		case 'subtitles': {
			const total = source.files.reduce((bytes, { file }) => bytes + file.size, 0);
			if (total > datasetLimits.bytes) throw failure('TOO_LARGE', { limitBytes: datasetLimits.bytes });
			const files = await Promise.all(source.files.map(async ({ file, fileName }) => ({ fileName, bytes: await bytesOf(file) })));
			await readSubtitleExamples(files, { source: source.sourceLanguage, target: source.targetLanguage }, into);
			return { form: 'subtitles', origin: listed(source.files.map(({ fileName }) => fileName)), ...nothingOfTables };
		}
		case 'marks':
			return { form: 'marks', origin: takeWork(own.marksOf(ownerId, source.assignmentIds), 'marks', into), ...nothingOfTables };
		case 'cues':
			return { form: 'cues', origin: takeWork(own.cuesOf(ownerId, source.projectIds), 'cues', into), ...nothingOfTables };
		case 'chats':
			return { form: 'chats', origin: takeWork(own.chatsOf(ownerId, source.conversationIds), 'chats', into), ...nothingOfTables };
	}
}

async function readFile(
	{ file: given, columns, encoding: asked, delimiter }: Extract<DatasetSource, { from: 'file' }>,
	into: ExampleCollector,
): Promise<ReadSource> {
	const isText = 'text' in given;
	const bytes = isText ? null : await bytesOf(given.file);
	if (bytes) refuseForeign(bytes);
	const decoded = isText ? { text: given.text, encoding: null } : await decodeText(bytes ?? new Uint8Array(), asked);
	const text = decoded.text.replace(/^\uFEFF/, '');
	if (text.trim() === '') throw failure('DATASET_INVALID', { row: null, field: null, reason: 'empty' });
	const origin = isText ? '' : given.fileName.slice(0, originCharacters);
	if (looksLikeJson(text)) {
		const form = await readJsonExamples(text, into, !isText);
		if (form === null && into.problems.every(({ code }) => code === 'unknownShape' || code === 'notJson')) {
			throw failure('DATASET_INVALID', { row: into.problems[0]?.row ?? 1, field: null, reason: 'unknownForm' });
		}
		return { form: form ?? 'messages', origin, ...nothingOfTables, encoding: decoded.encoding };
	}
	const table = await readTableExamples(text, { delimiter }, columns, into);
	if (table.columns.length < 2) throw failure('DATASET_INVALID', { row: 1, field: null, reason: 'unknownForm' });
	if (table.rowCount === 0) throw failure('DATASET_INVALID', { row: 1, field: null, reason: 'noRows' });
	return { form: 'table', origin, encoding: decoded.encoding, delimiter: table.delimiter, columns: table.columns, chosenColumns: table.chosen };
}

/** Refuses what is too large, and what is no text at all, by what it is: whoever renames a file is told so. */
function refuseForeign(bytes: Uint8Array): void {
	if (bytes.length > datasetLimits.bytes) throw failure('TOO_LARGE', { limitBytes: datasetLimits.bytes });
	const reason = foreignKind(bytes);
	if (reason !== null) throw failure('DATASET_INVALID', { row: null, field: null, reason });
}

/** Why an example of own work is left out, and why there is none at all. */
const nothingOf = {
	marks: { example: 'noFeedback', all: 'nothingMarked' },
	cues: { example: 'brokenTags', all: 'nothingApproved' },
	chats: { example: 'noAnswer', all: 'nothingMarked' },
} as const;

/** Takes what somebody's own work teaches, and answers with what it is called. */
function takeWork(works: readonly OwnWork[], form: keyof typeof nothingOf, into: ExampleCollector): string {
	for (const { title, examples } of works) {
		for (const { row, turns, why = nothingOf[form].example } of examples) {
			if (turns) into.take(row, turns, () => title);
			else into.refuse(row, refusal(why, title));
		}
	}
	if (works.every(({ examples }) => examples.length === 0)) throw failure('DATASET_INVALID', { row: null, field: null, reason: nothingOf[form].all });
	return listed(works.map(({ title }) => title));
}

async function bytesOf(file: File | Blob): Promise<Uint8Array> {
	return new Uint8Array(await file.arrayBuffer());
}

function listed(names: readonly string[]): string {
	return names.join(', ').slice(0, originCharacters).toWellFormed();
}

import { open, stat } from 'node:fs/promises';
import { z } from 'zod';
import type { ConvertSource } from '#contract/convert.ts';
import { convertLimits } from '#contract/convertLimits.ts';
import { type ConvertOrder, type FormatName, formatName } from '#contract/convertOrder.ts';
import type { ConvertReport } from '#contract/convertReport.ts';
import { failure, isFailure } from '#contract/errors.ts';
import { type Converted, convertBytes } from '../../platform/formats/convertBytes.ts';
import { detectFormat } from '../../platform/formats/detectFormat.ts';
import { FormatError } from '../../platform/formats/FormatError.ts';
import { formatOf } from '../../platform/formats/formats.ts';
import type { Reading, Value } from '../../platform/formats/middle.ts';
import type { Note } from '../../platform/formats/Note.ts';
import { NoteBook } from '../../platform/formats/NoteBook.ts';
import { project } from '../../platform/formats/project.ts';
import { convertBack } from '../../platform/formats/sidecar/convertBack.ts';
import { decodeText } from '../../platform/text/decodeText.ts';
import type {
	ConvertAnswers,
	ConvertedBack,
	ConvertedFile,
	ConvertedText,
	ConvertReply,
	ConvertTask,
	Detected,
	FileTask,
	TextTask,
	Validated,
} from './convertTasks.ts';
import { checkSchema } from './data/checkSchema.ts';
import { compareValues } from './data/compareValues.ts';
import { inferSchema } from './data/inferSchema.ts';
import { readData, type SourceData } from './data/readData.ts';
import { selectValues } from './data/selectValues.ts';
import { failureOf } from './failureOf.ts';
import { formatOfName, knownFormats } from './knownFormats.ts';
import { findBroken } from './mend/brokenPart.ts';
import { mend } from './mend/mend.ts';
import { putRepair } from './mend/putRepair.ts';
import { platformOrder, readOptions } from './platformOrder.ts';
import { SourceFile } from './SourceFile.ts';
import { streamFile, whyWhole } from './streamFile.ts';

/** What is asked of a sidecar here. */
const sidecarForm = z.object({ order: z.object({ from: formatName }) });

/** What is looked at to find out what a file is. */
const sampleBytes = 262_144;

/** Does one task. What is wrong with its source is an answer; anything else that is thrown is a bug. */
export async function replyTo(task: ConvertTask, onProgress: (fraction: number) => void): Promise<ConvertReply> {
	try {
		// The answer of each kind of task is its own, which TypeScript cannot follow through the union.
		return { done: await answerTo(task, onProgress) } as ConvertReply;
	} catch (error) {
		if (isFailure(error)) return { refused: { code: error.code, data: error.data } };
		throw error;
	}
}

async function answerTo(task: ConvertTask, onProgress: (fraction: number) => void): Promise<ConvertAnswers[ConvertTask['kind']]> {
	switch (task.kind) {
		case 'text':
			return convertText(task);
		case 'file':
			return convertFile(task, onProgress);
		case 'detect':
			return detect(task);
		case 'validate':
			return validate(task.source, task.schema);
		case 'back':
			return convertedBack(task.edited, task.sidecar);
		case 'mend':
			return mend(task.content, task.from, task.delimiter);
		case 'broken':
			return findBroken(task.content, task.from);
		case 'putRepair':
			return putRepair(task.content, task.part, task.reply, task.from);
		case 'diff':
			return compareValues(await readSource(task.left), await readSource(task.right), convertLimits.notes);
	}
}

async function convertText({ content, order, name }: TextTask): Promise<ConvertedText> {
	const [source, encoding] = typeof content === 'string' ? [new TextEncoder().encode(content), 'utf-8'] : [content, order.encoding];
	const from = order.from ?? requireFormat(formatFound(source, name));
	const { bytes, report, sidecar } = await convertWhole(source, { ...order, encoding }, from);
	return { report, bytes, isText: knownFormats().some(({ name, isText }) => name === order.to && isText), sidecar };
}

/** Writes the result into a file of its own that outlives a power cut once this returns. */
async function convertFile(task: FileTask, onProgress: (fraction: number) => void): Promise<ConvertedFile> {
	const source = await SourceFile.open(task.source, task.name);
	try {
		return await source.unchanged(() => convertSource(source, task, onProgress));
	} finally {
		await source.close();
	}
}

async function convertSource(
	source: SourceFile,
	{ name, part, sidecarPart, order, mostBytes }: FileTask,
	onProgress: (fraction: number) => void,
): Promise<ConvertedFile> {
	const from = order.from ?? requireFormat(formatFound(await source.beginning(sampleBytes), name));
	const wholeBytes = Math.min(mostBytes, formatOf(from).wholeBytes);
	if (source.sizeBytes > wholeBytes) return streamed({ source, part, order, from, onProgress }, wholeBytes);
	const bytes = await source.whole();
	onProgress(0.3);
	const { bytes: result, report, sidecar } = await convertWhole(bytes, order, from);
	onProgress(0.9);
	if (sidecar) await writeWhole(sidecarPart, sidecar);
	await writeWhole(part, result);
	return { report, resultBytes: result.length, sidecarBytes: sidecar?.length ?? null };
}

async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
	const handle = await open(file, 'w', 0o600);
	try {
		await handle.writeFile(bytes);
		await handle.sync();
	} finally {
		await handle.close();
	}
}

/** A file that is too large to be held: its records are converted as they come, where both formats allow that. */
async function streamed(task: Parameters<typeof streamFile>[0], mostBytes: number): Promise<ConvertedFile> {
	const { order, from, part } = task;
	const why = whyWhole(order, from);
	if (why !== null) throw failure('CONVERT_STOPPED', { reason: why, limitBytes: mostBytes });
	try {
		const converted = await streamFile(task);
		const { size } = await stat(part);
		const report = reportOf({ ...converted, encoding: 'utf-8' }, from, order.to);
		return { report: { ...report, sidecar: order.withSidecar ? 'streamed' : null }, resultBytes: size, sidecarBytes: null };
	} catch (error) {
		throw error instanceof FormatError ? failureOf(error, from) : error;
	}
}

async function convertWhole(
	source: Uint8Array,
	order: ConvertOrder,
	from: FormatName,
): Promise<{ bytes: Uint8Array; report: ConvertReport; sidecar: Uint8Array | null }> {
	try {
		let isNothing = false;
		const choose = (reading: Reading) => {
			const items = chosen(reading, order, from);
			isNothing = items.length === 0;
			return { documents: [{ root: { kind: 'sequence', items } satisfies Value }] };
		};
		const converted = await convertBytes(source, { ...platformOrder(order, from), ...(order.select !== '' && { choose }) });
		if (isNothing) converted.notes.unshift({ code: 'nothingSelected', kind: 'lost', path: order.select });
		// Of a workbook of which sheets were left out, one is compared, and the way back would have one.
		const left = converted.notes.find(({ code }) => code === 'sheetLeft');
		if (left) converted.roundTrip = { same: false, difference: { path: left.path ?? '', was: '…', became: '' } };
		const kept = left ? undefined : converted.sidecar;
		const sidecar = !order.withSidecar ? null : kept ? 'made' : 'selected';
		return { bytes: converted.bytes, report: { ...reportOf(converted, from, order.to), sidecar }, sidecar: kept ?? null };
	} catch (error) {
		throw error instanceof FormatError ? failureOf(error, from) : error;
	}
}

/** What a JSONPath finds in a source, as one list. */
function chosen(reading: Reading, { select, ...how }: ConvertOrder, from: FormatName): Value[] {
	const [first] = project(reading, formatOf('json'), { read: readOptions(how, from) }, new NoteBook()).documents;
	return selectValues(first?.root ?? { kind: 'null' }, select);
}

function reportOf(
	{ notes, encoding, roundTrip }: Pick<Converted, 'notes' | 'encoding'> & { roundTrip: Converted['roundTrip'] | null },
	from: FormatName,
	to: FormatName,
): ConvertReport {
	const count = (kind: Note['kind']) => notes.reduce((sum, note) => sum + (note.kind === kind ? weightOf(note) : 0), 0);
	const { difference } = roundTrip ?? {};
	const shown = notes.slice(0, convertLimits.notes).map(({ code, kind, line, column, path, what, became }) => ({
		...{ code, kind, line: line ?? null, column: column ?? null },
		...{ path: path ?? null, what: what ?? null, became: became ?? null },
	}));
	return {
		...{ from, to, encoding, notes: shown },
		counts: { lost: count('lost'), convention: count('convention'), changed: count('changed') },
		roundTrip: roundTrip && { isSame: roundTrip.same, path: difference?.path ?? '', was: difference?.was ?? '', became: difference?.became ?? '' },
		sidecar: null,
	};
}

/** A note stands for one thing, but for those that tell how many more there are of a code. */
function weightOf({ code, what }: Note): number {
	return code === 'more' ? Number(what) || 1 : 1;
}

/** As what a source is read, by what is in it and by the name of its file: everywhere the same. */
function formatFound(source: Uint8Array, name = ''): FormatName | null {
	return detectFormat(source, name) ?? formatOfName(name);
}

function requireFormat(format: FormatName | null): FormatName {
	if (format === null) throw failure('CONVERT_UNKNOWN', {});
	return format;
}

/** Gives the source of a conversion again, with the edits of its result in their places. */
async function convertedBack(edited: Uint8Array, sidecar: Uint8Array): Promise<ConvertedBack> {
	try {
		const { bytes } = await convertBack(edited, sidecar);
		return { bytes, format: sidecarForm.parse(JSON.parse(new TextDecoder().decode(sidecar))).order.from };
	} catch (error) {
		throw error instanceof FormatError ? failureOf(error, 'json') : error;
	}
}

async function readSource({ content, from, ...how }: ConvertSource): Promise<SourceData> {
	const source = new TextEncoder().encode(content);
	return readData(source, from ?? requireFormat(formatFound(source)), how);
}

async function validate(source: ConvertSource, given: string | null): Promise<Validated> {
	const data = await readSource(source);
	const schema = given ?? JSON.stringify(inferSchema(data.root), null, 2);
	const problems = checkSchema(data, schema);
	return { schema, problems: problems.slice(0, convertLimits.notes), total: problems.length };
}

async function detect({
	bytes,
	fileName,
	encoding: asked,
}: Pick<Extract<ConvertTask, { kind: 'detect' }>, 'bytes' | 'fileName' | 'encoding'>): Promise<Detected> {
	const format = formatFound(bytes, fileName);
	if (format === 'xlsx') return { format, encoding: '', content: null };
	const { text, encoding } = await decodeText(bytes, asked);
	return { format, encoding, content: text.length > convertLimits.textCharacters ? null : text };
}

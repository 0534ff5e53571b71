import type { DatasetForm } from '#contract/finetune.ts';
import { fitsLimits } from '../../platform/rpc/fitsLimits.ts';
import { type Refusal, refusal } from './checkTurns.ts';
import { createBreaks } from './createBreaks.ts';
import type { ExampleCollector } from './ExampleCollector.ts';
import { readRecord } from './readRecord.ts';
import { type JsonRecord, splitRecords } from './splitRecords.ts';

/** No example that is taken is longer, whatever is written beside it. */
const longestRecord = 8_388_608;
/** So many characters on either side tell where a text is broken. */
const shownAround = 30;

/**
 * Gathers the examples of a JSON text (splitRecords.ts, readRecord.ts), each by its own form, and answers with the form of the first that
 * is in one; null where none is.
 *
 * @param refuseDecoded whether U+FFFD stands for bytes that could not be read: what has it is left out.
 */
export async function readJsonExamples(text: string, into: ExampleCollector, refuseDecoded: boolean): Promise<DatasetForm | null> {
	let form: DatasetForm | null = null;
	const rest = createBreaks();
	for (const record of splitRecords(text)) {
		await rest();
		const value = parse(record, refuseDecoded);
		const read = 'code' in value ? value : readRecord(value.parsed);
		if ('code' in read) into.refuse(record.row, read);
		else {
			form ??= read.form;
			into.take(record.row, read.turns, (index) => read.fields[index] ?? null);
		}
	}
	return form;
}

function parse({ text }: JsonRecord, refuseDecoded: boolean): { parsed: unknown } | Refusal {
	if (text.length > longestRecord) return refusal('tooLong', null, text);
	if (refuseDecoded && text.includes('\uFFFD')) return refusal('undecodable', null, text.slice(Math.max(0, text.indexOf('\uFFFD') - 20)));
	// One that is nested without end, or has more values than any chat, is not worth the memory.
	if (!fitsLimits(text)) return refusal('unknownShape', null, text);
	try {
		return { parsed: JSON.parse(text) };
	} catch (error) {
		return refusal('notJson', null, brokenPart(text, error));
	}
}

/** What of a text is shown where it is broken: what stands around that, as far as the engine of JavaScript tells the place, else its beginning. */
function brokenPart(text: string, error: unknown): string {
	const place = error instanceof SyntaxError ? /position (\d+)/.exec(error.message)?.[1] : undefined;
	return place === undefined ? text : text.slice(Math.max(0, Number(place) - shownAround), Number(place) + shownAround);
}

import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SheetForm } from '#contract/classReport.ts';
import { composeSheet } from './composeSheet.ts';
import { sampleClass } from './sampleClass.test-support.ts';
import { writeSheet } from './writeSheet.ts';

const workerFile = join(import.meta.dirname, 'sheetWorker.ts');

test('a thread writes what the app would, under a name in the sheet’s language', async () => {
	const graded = { ...sampleClass('zh'), title: '../光合作用: 八年级' };
	const written = await writeSheet(graded, 'csv', workerFile);
	expect({ ...written, bytes: new TextDecoder().decode(written.bytes) }).toEqual({
		fileName: '成绩 光合作用 八年级.csv',
		mediaType: 'text/csv',
		bytes: new TextDecoder().decode(await composeSheet(graded, 'csv')),
	});
});

test('each form begins as a file of its kind', async () => {
	const forms: [SheetForm, string][] = [
		['xlsx', 'PK'],
		['json', '{\n'],
		['pdf', '%P'],
		['docx', 'PK'],
		['pdfZip', 'PK'],
		['docxZip', 'PK'],
	];
	const begins = await Promise.all(forms.map(async ([form]) => [form, new TextDecoder().decode((await composeSheet(sampleClass('en'), form)).slice(0, 2))]));
	expect(begins).toEqual(forms);
});

test('what cannot be printed is refused by the thread as by the app', async () => {
	const graded = { ...sampleClass('en'), title: '빛을 흡수하여 당을 만든다 '.repeat(500) };
	await expect(writeSheet(graded, 'pdf', workerFile)).rejects.toMatchObject({ code: 'SHEET_UNPRINTABLE' });
});

test('ends at once when it is told to', async () => {
	const abort = new AbortController();
	const written = writeSheet(sampleClass('en'), 'pdf', workerFile, abort.signal);
	abort.abort(new Error('enough'));
	await expect(written).rejects.toThrow('enough');
});

import { createInstance } from 'i18next';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { failure, failures, toFailureRecord } from '#contract/errors.ts';
import en from '../../resources/locales/en/failures.json' with { type: 'json' };
import zh from '../../resources/locales/zh/failures.json' with { type: 'json' };
import { describeFailure } from './describeFailure.ts';
import { formatBytes, formatDuration, formatNumber } from './format.ts';

const i18n = createInstance();
await i18n.init({ lng: 'en', resources: { en: { failures: en } }, interpolation: { escapeValue: false } });
const chinese = createInstance();
await chinese.init({ lng: 'zh', resources: { zh: { failures: zh } }, interpolation: { escapeValue: false } });
const t = i18n.getFixedT('en', 'failures');
const format = {
	bytes: (bytes: number) => formatBytes(bytes, 'en'),
	duration: (ms: number) => formatDuration(ms, 'en'),
	number: (value: number) => formatNumber(value, 'en'),
};
const sentenceOf = (error: unknown) => describeFailure(error, t, format).sentence;

test('fills a sentence with the data, with units', () => {
	expect(sentenceOf(failure('MODEL_TOO_BIG', { neededBytes: 8 * 2 ** 30, freeBytes: 3.5 * 2 ** 30 }))).toContain('needs 8 GiB of memory, and 3.5 GiB are free');
	expect(sentenceOf(failure('MODEL_TIMEOUT', { name: 'M', afterMs: 120_000 }))).toContain('within 2 min 0 sec');
});

test('takes a stored record as it takes what was thrown', () => {
	const thrown = failure('MODEL_FILE_INVALID', { fileName: 'm.gguf', kind: 'cutOff', detail: 'The tensor x would reach beyond its end.' });
	expect(sentenceOf(toFailureRecord(thrown, 'r'))).toBe(sentenceOf(thrown));
	expect(describeFailure(thrown, t, format)).toEqual({
		code: 'MODEL_FILE_INVALID',
		sentence: en.MODEL_FILE_INVALID.cutOff.replace('{{fileName}}', 'm.gguf'),
		details: ['The tensor x would reach beyond its end.'],
	});
});

test('has a sentence for each reason of a closed list', () => {
	expect(sentenceOf(failure('FILE_NOT_ALLOWED', { reason: 'notAbsolute' }))).toBe('Give the whole path, from the root of the disk.');
	const said = Object.entries<unknown>(en);
	const unsaid = Object.entries(failures).flatMap(([code, { data }]) =>
		['reason', 'what', 'kind']
			.flatMap((key) => wordsOf(data, key))
			.filter((word) => !said.some(([known, texts]) => known === code && typeof texts === 'object' && texts !== null && word in texts))
			.map((word) => `${code}.${word}`),
	);
	expect(unsaid).toEqual([]);
});

test('says in Chinese alone why a table cannot be read, with the row and the figures', () => {
	const reasons = failures.CSV_INVALID.data.shape.reason.options;
	const said = reasons.map(
		(reason) =>
			describeFailure(failure('CSV_INVALID', { row: 7, column: null, reason, found: 201, limit: 200 }), chinese.getFixedT('zh', 'failures'), format).sentence,
	);
	expect(new Set(said).size).toBe(reasons.length);
	expect(said.filter((sentence) => /[a-z{]/.test(sentence) || !sentence.includes('没有导入任何内容'))).toEqual([]);
	expect(said[reasons.indexOf('quoteOpen')]).toContain('第 7 行');
	expect(said[reasons.indexOf('tooManyQuestions')]).toContain('201');
});

/** The words of the closed list that `key` of a failure's data takes, none where it takes any text. */
function wordsOf(data: z.ZodObject, key: string): string[] {
	const field = data.shape[key];
	return field instanceof z.ZodEnum ? field.options.map(String) : [];
}

test('names the request of a bug inside the app, and says of a bug of the page that it is one', () => {
	expect(sentenceOf(failure('INTERNAL', { requestId: 'r-17' }))).toContain('request r-17');
	expect(describeFailure(new TypeError('x is undefined'), t, format)).toEqual({ code: 'UNKNOWN', sentence: en.UNKNOWN, details: ['x is undefined'] });
	expect(sentenceOf({ code: 'FROM_A_NEWER_APP', message: '', data: {} })).toBe(en.UNKNOWN);
});

test("keeps what is wrong with an input, and the engine's last lines, as details", () => {
	expect(describeFailure(failure('INVALID_INPUT', { issues: [{ path: 'a.b', message: 'Too small' }] }), t, format).details).toEqual(['a.b: Too small']);
	expect(
		describeFailure({ code: 'MODEL_LOAD_FAILED', message: '', data: { name: 'M', kind: 'model', detail: 'what', lastLines: ['one', 'two'] } }, t, format)
			.details,
	).toEqual(['what', 'one', 'two']);
});

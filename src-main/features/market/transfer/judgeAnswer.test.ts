import { expect, test } from 'vitest';
import { type Answer, type Asked, judgeAnswer, strongEtag } from './judgeAnswer.ts';

const asked: Asked = { range: { start: 100, end: 200 }, sizeBytes: 1000, fileName: 'model.gguf', ifRange: '"one"' };

function judge(answer: Partial<Answer>, changes: Partial<Asked> = {}) {
	const verdict = judgeAnswer({ ...asked, ...changes }, { status: 206, headers: {}, host: 'cdn.example', wasRedirected: true, ...answer });
	return verdict.kind === 'passing' ? `${verdict.failure.code} ${verdict.afterMs}` : verdict.kind;
}

test.each<[string, Partial<Answer>, string, Partial<Asked>?]>([
	['the range', { headers: { 'content-range': 'bytes 100-199/1000' } }, 'range'],
	['the range of a file whose length it does not name', { headers: { 'content-range': 'bytes 100-199/*' } }, 'range'],
	['less than the range', { headers: { 'content-range': 'bytes 100-149/1000' } }, 'range'],
	['another range', { headers: { 'content-range': 'bytes 0-99/1000' } }, 'SERVER_CONFUSED 0'],
	['several ranges', { headers: { 'content-type': 'multipart/byteranges' } }, 'SERVER_CONFUSED 0'],
	['a range where none was asked for', { headers: { 'content-range': 'bytes 0-999/1000' } }, 'SERVER_CONFUSED 0', { range: null }],
	['a range of a longer file', { headers: { 'content-range': 'bytes 100-199/1001' } }, 'DOWNLOAD_CHANGED 0'],
	['the whole file', { status: 200, headers: { 'content-length': '1000', etag: '"one"' } }, 'whole'],
	['a file with no length named', { status: 200, headers: {} }, 'whole'],
	['another file of this length', { status: 200, headers: { 'content-length': '1000', etag: '"two"' } }, 'changed'],
	['another ETag than nobody asked about', { status: 200, headers: { 'content-length': '1000', etag: '"two"' } }, 'whole', { ifRange: null }],
	['a shorter file', { status: 200, headers: { 'content-length': '999' } }, 'DOWNLOAD_CHANGED 0'],
	['a page', { status: 200, headers: { 'content-type': 'Text/HTML; charset=utf-8' } }, 'SERVER_CONFUSED 0'],
	['packed bytes', { headers: { 'content-encoding': 'br', 'content-range': 'bytes 100-199/1000' } }, 'SERVER_CONFUSED 0'],
	['no range there', { status: 416, headers: { 'content-range': 'bytes */1000' } }, 'rangeRefused'],
	['no range there, of a shorter file', { status: 416, headers: { 'content-range': 'bytes */50' } }, 'DOWNLOAD_CHANGED 0'],
	['too many requests', { status: 429, headers: { 'retry-after': '7' } }, 'RATE_LIMITED 7000'],
	['trouble for a time', { status: 503, headers: { 'retry-after': '2' } }, 'SERVER_FAILED 2000'],
	['an address that has expired', { status: 403 }, 'SERVER_FAILED 0'],
	['a refusal by the server that was asked', { status: 403, wasRedirected: false }, 'refused'],
	['a refusal of the way of asking', { status: 400 }, 'refused'],
	['a redirect to nowhere', { status: 302 }, 'SERVER_CONFUSED 0'],
	['nothing', { status: 204 }, 'SERVER_CONFUSED 0'],
])('judges %s', (_, answer, verdict, changes) => {
	expect(judge(answer, changes)).toBe(verdict);
});

test('takes a strong ETag for a condition, and no other', () => {
	expect(['"a"', 'W/"a"', 'a', '""', undefined].map((etag) => strongEtag({ etag }))).toEqual(['"a"', null, null, '""', null]);
});

import fc from 'fast-check';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { openSubtitleFile } from './openSubtitleFile.ts';
import { readSubtitles } from './readSubtitles.ts';
import type { CueChange } from './rewriteCues.ts';
import { saveSubtitleFile } from './saveSubtitleFile.ts';

const sentences: Record<string, string> = {
	'utf-8': 'Schöne neue Welt 🎬',
	'utf-16le': 'Schöne neue Welt 🎬',
	'utf-16be': 'Schöne neue Welt 🎬',
	gb18030: '植物利用光能，把二氧化碳和水转化成有机物。',
	big5: '植物利用光能，把二氧化碳和水轉化成有機物。',
	shift_jis: '植物は光のエネルギーを使って、でんぷんをつくります。',
	'euc-kr': '식물은 빛 에너지를 이용하여 양분을 만듭니다.',
	'windows-1250': 'Rostlina přeměňuje světlo na energii, protože je to důležité pro žáky.',
	'windows-1251': 'Растение превращает свет в энергию.',
	'windows-1252': 'La plante a été éclairée; elle crée du sucre, déjà très tôt.',
	'windows-1253': 'Το φυτό μετατρέπει το φως σε ενέργεια.',
	'windows-1254': 'Bitki ışığı enerjiye dönüştürür, çünkü başka türlü büyüyemez.',
	'windows-1255': 'הצמח הופך את האור לאנרגיה ומשתמש במים.',
	'windows-1256': 'النبات يحول الضوء إلى طاقة ويحتاج إلى الماء.',
	'windows-1257': 'Augalas šviesą paverčia energija.',
	'windows-1258': 'Đàn gà ăn lúa.',
};
const marks: Record<string, number[]> = { 'utf-8': [0xef, 0xbb, 0xbf], 'utf-16le': [0xff, 0xfe], 'utf-16be': [0xfe, 0xff] };
const withMark = (encoding: string, bytes: Uint8Array) => Buffer.concat([Uint8Array.from(marks[encoding] ?? []), bytes]);
const encodings = Object.keys(sentences);
const srt = (said: string, end: string) => ['1', '00:00:01,000 --> 00:00:02,000', said, '', '2', '00:00:03,000 --> 00:00:04,000', said, ''].join(end);

test.each(encodings)('a file in %s is the same byte for byte when nothing is changed, and but for the cue that is', async (encoding) => {
	for (const end of ['\n', '\r\n', '\r']) {
		for (const bytes of [
			iconv.encode(srt(sentences[encoding] ?? '', end), encoding),
			withMark(encoding, iconv.encode(srt(sentences[encoding] ?? '', end), encoding)),
		]) {
			const file = await openSubtitleFile(bytes, encoding);
			expect([file.encoding, file.lineEnd, file.undecoded, file.mark.length > 0]).toEqual([encoding, end, 0, bytes[0] === marks[encoding]?.[0]]);
			expect(await saveSubtitleFile(file, 'srt', [])).toEqual({ kind: 'saved', bytes, encoding, isExact: true });
			const [first] = readSubtitles(file.text).cues;
			if (!first) throw new Error('there are two cues');
			const saved = await saveSubtitleFile(file, 'srt', [{ cue: first, text: 'plain' }]);
			const expected = file.text.replace(sentences[encoding] ?? '', 'plain');
			expect(saved).toEqual({ kind: 'saved', bytes: Buffer.concat([file.mark, iconv.encode(expected, encoding)]), encoding, isExact: true });
		}
	}
});

test.each(encodings.filter((encoding) => !['windows-1257', 'windows-1258'].includes(encoding)))(
	'finds out by itself that a file is in %s',
	async (encoding) => {
		const text = srt(sentences[encoding] ?? '', '\r\n');
		const file = await openSubtitleFile(iconv.encode(text, encoding));
		expect([file.encoding, file.text]).toEqual([encoding, text]);
	},
);

test.each(encodings)('bytes that are not valid in %s stay as they are around a cue that is changed', async (encoding) => {
	const asBytes = (text: string) => iconv.encode(text, encoding);
	const garbage = fc.uint8Array({ maxLength: 12 }).map((bytes) => bytes.map((byte) => (byte === 0x0a || byte === 0x0d ? 0x81 : byte)));
	await fc.assert(
		fc.asyncProperty(fc.array(garbage, { minLength: 3, maxLength: 6 }), fc.nat(), async (texts, which) => {
			// In UTF-16 half a pair would move all that comes after it.
			const said: Uint8Array[] = texts.map((bytes) => (encoding.startsWith('utf-16') ? bytes.subarray(0, bytes.length & ~1) : bytes));
			const build = (bodies: readonly Uint8Array[]) =>
				Buffer.concat(bodies.flatMap((body, at) => [asBytes(`\n${at + 1}\n00:00:0${at},000 --> 00:00:0${at},500\n-`), body, asBytes('-\n')]));
			const file = await openSubtitleFile(build(said), encoding);
			const { cues } = readSubtitles(file.text);
			// Garbage may swallow the hyphen after it, or hold a line end of its own.
			fc.pre(cues.length === said.length && cues.every(({ text }) => /^-[^\n]*-$/s.test(text)));
			const at = which % said.length;
			const cue = cues[at];
			if (!cue) throw new Error('there is one');
			const saved = await saveSubtitleFile(file, 'srt', [{ cue, text: '-new-' }]);
			expect(saved).toEqual({ kind: 'saved', bytes: build(said.with(at, asBytes('new'))), encoding, isExact: true });
		}),
		{ numRuns: 40 },
	);
});

test('a character that the encoding does not have is told with its cue, nothing is written, and UTF-8 holds it', async () => {
	const file = await openSubtitleFile(iconv.encode(srt('déjà vu', '\r\n'), 'windows-1252'), 'windows-1252');
	const changes = readSubtitles(file.text).cues.map((cue, at): CueChange => ({ cue, text: at === 0 ? '你好, déjà' : '好 – fine' }));
	expect(await saveSubtitleFile(file, 'srt', changes)).toEqual({
		kind: 'unwritable',
		encoding: 'windows-1252',
		characters: [
			{ character: '你', lines: [2] },
			{ character: '好', lines: [2, 6] },
		],
	});
	const saved = await saveSubtitleFile(file, 'srt', changes, { encoding: 'utf-8' });
	expect(saved.kind === 'saved' && [saved.encoding, saved.isExact, Buffer.from(saved.bytes).toString()]).toEqual([
		'utf-8',
		true,
		file.text.replace('déjà vu', '你好, déjà').replace('déjà vu', '好 – fine'),
	]);
});

test.each([
	[[], { code: 'SUBTITLES_INVALID', data: { reason: 'empty' } }],
	[[0x00, 0x00, 0x01, 0xba, 0x44], { code: 'SUBTITLES_INVALID', data: { reason: 'pictures' } }],
	[[...Buffer.from('PG'), 0, 0, 1, 2, 0, 0, 0, 0, 0x16], { code: 'SUBTITLES_INVALID', data: { reason: 'pictures' } }],
	[[0x1a, 0x45, 0xdf, 0xa3], { code: 'SUBTITLES_INVALID', data: { reason: 'media' } }],
])('a file that is no text is refused by what it is: %j', async (bytes, expected) => {
	await expect(openSubtitleFile(Uint8Array.from(bytes))).rejects.toMatchObject(expected);
});

test('an encoding that is unknown, or in which nothing can be written back, is refused', async () => {
	for (const encoding of ['klingon', 'iso-2022-jp'])
		await expect(openSubtitleFile(Buffer.from('A'), encoding)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});

test('any bytes in any encoding are opened, and saved the same', async () => {
	await fc.assert(
		fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.option(fc.constantFrom(...encodings), { nil: undefined }), async (bytes, encoding) => {
			const file = await openSubtitleFile(Buffer.concat([Buffer.from('x'), bytes]), encoding);
			expect(await saveSubtitleFile(file, 'srt', [])).toMatchObject({ kind: 'saved', bytes: Buffer.concat([Buffer.from('x'), bytes]), isExact: true });
		}),
		{ numRuns: 500 },
	);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAss } from './readAss.ts';
import { readSrt } from './readSrt.ts';
import { readVtt } from './readVtt.ts';
import { bodyOf, rewriteCues } from './rewriteCues.ts';
import { writeCues } from './writeCues.ts';
import type { WrittenFormat } from './writeTime.ts';

const readers = { srt: readSrt, vtt: readVtt, ass: readAss } as const;
const formats = ['srt', 'vtt', 'ass'] as const;
const srt = '\uFEFF7\r\n0:00:01,5 --> 0:00:02  X1:1\r\n{\\an8}A\r\n\r\n\r\n9\r\n00:00:03,000 --> 00:00:04,000\r\n\r\n10\r\n00:00:05,000 --> 00:00:06,000';

test('only what is changed changes: numbers, spelling of times, coordinates, blank lines and line ends stay', () => {
	const [first, second, third] = readSrt(srt).cues;
	if (!first || !second || !third) throw new Error('there are three cues');
	const changes = [
		{ cue: first, text: '{\\an8}B\n\nC', endMs: 2000 },
		{ cue: second, text: 'D', startMs: 3500 },
		{ cue: third, text: 'E' },
	];
	expect(rewriteCues(srt, 'srt', changes)).toBe(
		'\uFEFF7\r\n0:00:01,5 --> 0:00:02  X1:1\r\n{\\an8}B\r\nC\r\n\r\n\r\n9\r\n00:00:03,500 --> 00:00:04,000\r\nD\r\n\r\n10\r\n00:00:05,000 --> 00:00:06,000\r\nE',
	);
	expect(readSrt(rewriteCues(srt, 'srt', [{ cue: second, isRemoved: true }])).cues.map(({ startMs }) => startMs)).toEqual([1500, 5000]);
});

const line = fc.oneof(
	fc.constantFrom(
		'1984',
		'00:00:01,000 --> 00:00:02,000',
		'0:1 → 0:2 x',
		'a --> b',
		'NOTE',
		'STYLE',
		'WEBVTT',
		'[Events]',
		'Dialogue: 0,1,2',
		'⟦1⟧',
		'\uFEFFx',
		'a\u2028b',
	),
	fc.constantFrom('{\\an8}A', '<i>', ',', '字', ' indented', 'behind ', '\u00a0x', '{1}{2}', '&amp;', '0:00:01.000,0:00:02.000'),
	fc.string({ unit: 'grapheme', maxLength: 20 }).map((said) => `x${said.replace(/[\r\n]/g, '')}`),
);
const cue = fc
	.record({ startMs: fc.nat(400 * 360_000).map((at) => at * 10), length: fc.nat(60_000).map((at) => at * 10), lines: fc.array(line, { maxLength: 3 }) })
	.map(({ startMs, length, lines }) => ({ startMs, endMs: startMs + length, text: lines.join('\n') }));
/** As the format can hold it. */
const held = (format: WrittenFormat, text: string) => (format === 'ass' ? text.replaceAll('\n', '\\N') : bodyOf(format, text));

test('a text that would be taken for times stays a text', () => {
	expect(writeCues('srt', [{ startMs: 0, endMs: 1000, text: '0:1 --> 0:2', settings: 'hello' }])).toBe(
		'1\n00:00:00,000 --> 00:00:01,000\n\u20600:1 --> 0:2\n\n',
	);
	expect(writeCues('vtt', [{ startMs: 0, endMs: 1000, text: 'a --> b', id: 'NOTE x', settings: 'line:0' }])).toBe(
		'WEBVTT\n\n00:00:00.000 --> 00:00:01.000 line:0\na --&gt; b\n\n',
	);
	expect(readAss(writeCues('ass', [{ startMs: 0, endMs: 1000, text: 'A, B', style: 'a,b', actor: 'Ann\nBob' }])).cues).toMatchObject([
		{ style: 'a b', actor: 'Ann Bob', text: 'A, B' },
	]);
});

test.each(formats)('what is written as %s is read as it was', (format) => {
	fc.assert(
		fc.property(fc.array(cue, { maxLength: 20 }), (cues) => {
			const read = readers[format](writeCues(format, cues)).cues.map(({ startMs, endMs, text }) => ({ startMs, endMs, text }));
			expect(read).toEqual(cues.map((each) => ({ ...each, text: held(format, each.text) })));
		}),
		{ numRuns: 300 },
	);
});

test.each(formats)('any change of any cues of a file in %s is read back, and the other cues and all between them are as they were', (format) => {
	fc.assert(
		fc.property(
			fc.array(cue, { minLength: 1, maxLength: 10 }),
			fc.array(fc.option(cue)),
			fc.constantFrom('\n', '\r\n', '\r'),
			fc.boolean(),
			(cues, changes, end, parted) => {
				const written = writeCues(format, cues);
				// Without blank lines, and in SRT without numbers, as some files are.
				const source = (parted || format === 'ass' ? written : written.replace(/\n\n(?!$)(?:\d+\n)?/g, '\n')).replaceAll('\n', end);
				const read = readers[format](source).cues;
				const asked = read.flatMap((each, at) => (changes[at] ? [{ cue: each, ...changes[at] }] : []));
				const rewritten = rewriteCues(source, format, asked);
				const expected = read.map((each, at) => {
					const change = changes[at];
					return change
						? { ...change, text: change.text === each.text ? each.text : held(format, change.text) }
						: { startMs: each.startMs, endMs: each.endMs, text: each.text };
				});
				expect(readers[format](rewritten).cues.map(({ startMs, endMs, text }) => ({ startMs, endMs, text }))).toEqual(expected);
				expect(rewriteCues(source, format, [])).toBe(source);
			},
		),
		{ numRuns: 300 },
	);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSrt } from './readSrt.ts';

const shown = (text: string) => readSrt(text).cues.map(({ startMs, endMs, text: said }) => [startMs, endMs, said]);
const odd = (text: string) => readSrt(text).problems.map(({ what, line }) => `${what} ${line}`);

test('a well-formed file is read without a word', () => {
	const text = '1\n00:00:01,000 --> 00:00:02,500\nHello\nthere.\n\n2\n00:01:00,000 --> 01:00:00,001\n<i>Bye.</i>\n';
	expect(shown(text)).toEqual([
		[1000, 2500, 'Hello\nthere.'],
		[60_000, 3_600_001, '<i>Bye.</i>'],
	]);
	expect(odd(text)).toEqual([]);
});

// The oddities of files from the field: a byte order mark, line ends of each kind, no numbers, other arrows, short times, coordinates.
test.each([
	['a byte order mark and CRLF', '\uFEFF1\r\n00:00:01,000 --> 00:00:02,000\r\nA\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nB\r\n', []],
	['CR alone', '1\r00:00:01,000 --> 00:00:02,000\rA\r\r2\r00:00:03,000 --> 00:00:04,000\rB', []],
	['no numbers', '00:00:01,000 --> 00:00:02,000\nA\n\n00:00:03,000 --> 00:00:04,000\nB', ['numberMissing 1', 'numberMissing 4']],
	['no blank line between', '1\n00:00:01,000 --> 00:00:02,000\nA\n2\n00:00:03,000 --> 00:00:04,000\nB', ['blankMissing 4']],
	['two cues in one', '1\n00:00:01,000 --> 00:00:02,000\nA\n00:00:03,000 --> 00:00:04,000\nB', ['numberMissing 4', 'blankMissing 4']],
	['dots for commas', '1\n00:00:01.000 --> 00:00:02.000\nA\n\n2\n00:00:03.000 --> 00:00:04.000\nB', ['oddTime 2', 'oddTime 6']],
	['short times', '1\n0:0:1,0 --> 0:0:2\nA\n\n2\n0:03,0 --> 0:04,0\nB', ['oddTime 2', 'oddTime 6']],
	['another arrow', '1\n00:00:01,000 -> 00:00:02,000\nA\n\n2\n00:00:03,000 → 00:00:04,000\nB', ['oddTime 2', 'oddTime 6']],
	['coordinates', '1\n00:00:01,000 --> 00:00:02,000  X1:100 X2:200 Y1:1 Y2:2\nA\n\n2\n00:00:03,000 --> 00:00:04,000\nB', []],
	['text before the first', 'Subtitles by Ann\n\n1\n00:00:01,000 --> 00:00:02,000\nA\n\n2\n00:00:03,000 --> 00:00:04,000\nB', ['strayText 1']],
])('is read as a person would read it: %s', (_, text, problems) => {
	expect(shown(text)).toEqual([
		[1000, 2000, 'A'],
		[3000, 4000, 'B'],
	]);
	expect(odd(text)).toEqual(problems);
});

test('what stands behind a blank line belongs to the cue above it, and empty cues stay', () => {
	const text = '1\n00:00:01,000 --> 00:00:02,000\nA\n\nstill A\n\n2\n00:00:03,000 --> 00:00:04,000\n\n3\n00:00:05,000 --> 00:00:06,000\n';
	expect(shown(text)).toEqual([
		[1000, 2000, 'A\n\nstill A'],
		[3000, 4000, ''],
		[5000, 6000, ''],
	]);
	expect(odd(text)).toEqual(['blankInText 4', 'emptyCue 8', 'emptyCue 11']);
});

test('a time that cannot be is named at its line, and the cue after it is not blamed', () => {
	const text =
		'1\n00:00:01,000 --> 00:00:02,000\nA\n\n2\n99:99:99,999 --> 99:99:99,999\nB\n\n3\n00:00:05,000 --> 00:00:75,000\nC\n\n4\n00:00:59,000 --> 00:00:60,000\nD\n';
	expect(shown(text)).toEqual([
		[1000, 2000, 'A'],
		[2000, 4000, 'B'],
		[5000, 7000, 'C'],
		// A rounded 59.9995.
		[59_000, 60_000, 'D'],
	]);
	expect(odd(text)).toEqual(['impossibleTime 6', 'impossibleTime 10']);
});

test.each([
	['one is there twice', [1, 2, 2, 3, 4], ['numberDoubled 3']],
	['one is left out', [1, 2, 4, 5], ['numberSkipped 3']],
	['two files in one', [7, 8, 9, 1, 2, 3], ['numberDoubled 4']],
	['all are the same', [1, 1, 1, 1], ['numberDoubled 2']],
	['only tens', [10, 20, 30], ['numberSkipped 2']],
	['one of each', [1, 3, 3, 4, 9], ['numberSkipped 2', 'numberDoubled 3', 'numberSkipped 5']],
])('numbers that do not follow one another are named once: %s', (_, numbers, wanted) => {
	const text = numbers.map((number, at) => `${number}\n00:00:0${at},000 --> 00:00:0${at},900\nA\n`).join('\n');
	expect(readSrt(text).problems.map(({ what, line }) => `${what} ${(line + 3) / 4}`)).toEqual(wanted);
});

test('a cue whose times cannot be read is a cue of its own, between those around it', () => {
	const text =
		'1\n00:00:01,000 --> 00:00:02,000\nA\n\n2\n00:00:03,0x0 --> 00:00:06,000\nB\n\n3\n00:00:07,000 --> 0O:00:08,000\nC\n\n4\n00:1o:0 --> 00:x0:0\nD\n';
	expect(shown(text)).toEqual([
		[1000, 2000, 'A'],
		[4000, 6000, 'B'],
		[7000, 9000, 'C'],
		[9000, 11_000, 'D'],
	]);
	expect(odd(text)).toEqual(['badTime 6', 'badTime 10', 'badTime 14']);
	expect(shown('1\n00:00:01,000 --> 00:00:02,000\nmeet at 5:30 --> 6 sharp\n')).toEqual([[1000, 2000, 'meet at 5:30 --> 6 sharp']]);
});

test('times that cannot be are told', () => {
	const text = '1\n00:00:05,000 --> 00:00:02,000\nA\n\n2\n-00:00:01,000 --> 00:00:04,000\nB\n\n3\n00:00:03,000 --> 00:00:06,000\nC\n';
	expect(readSrt(text).cues.map(({ startMs }) => startMs)).toEqual([5000, -1000, 3000]);
	expect(odd(text)).toEqual(['endBeforeStart 2', 'oddTime 6', 'negativeTime 6', 'outOfOrder 6', 'overlap 10']);
});

test('any text is read, and what is read stands where it is said to', () => {
	const line = fc.oneof(
		fc.constantFrom('1', '', ' ', '00:00:01,000 --> 00:00:02,000', '0:1 -> 0:2', '0:1x --> 0:2', '-->', '{\\an8}A', '\uFEFF', '99999:99:99,9 --> 1:1:1,1'),
		fc.string({ unit: 'grapheme' }),
	);
	fc.assert(
		fc.property(fc.array(line), fc.constantFrom('\n', '\r\n', '\r', '\n\r'), (lines, end) => {
			const text = lines.join(end);
			const { cues } = readSrt(text);
			let at = 0;
			for (const { spans, text: said } of cues) {
				expect(spans.whole.start).toBeGreaterThanOrEqual(at);
				expect(text.slice(spans.text.start, spans.text.end).replace(/\r\n|\r/g, '\n')).toBe(said);
				expect([spans.start.start >= spans.whole.start, (spans.end?.end ?? 0) <= spans.text.start, spans.text.end <= spans.whole.end]).toEqual([
					true,
					true,
					true,
				]);
				at = spans.whole.end;
			}
		}),
		{ numRuns: 300 },
	);
});

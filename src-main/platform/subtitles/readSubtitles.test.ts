import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isFailure } from '#contract/errors.ts';
import { readSubtitles } from './readSubtitles.ts';
import { rewriteCues } from './rewriteCues.ts';

const shown = (text: string) => readSubtitles(text).cues.map(({ startMs, endMs, text: said }) => [startMs, endMs, said]);
const odd = (text: string) => readSubtitles(text).problems.map(({ what, line }) => `${what} ${line}`);
const two = [
	[1000, 2000, 'A'],
	[3000, 4000, 'B'],
];

// The fourteen oddities on which the parsers of npm were tried.
test.each<[string, string, unknown[], string[]]>([
	['a byte order mark and CRLF', '\uFEFF1\r\n00:00:01,000 --> 00:00:02,000\r\nA\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nB\r\n', two, []],
	['no numbers', '00:00:01,000 --> 00:00:02,000\nA\n\n00:00:03,000 --> 00:00:04,000\nB\n', two, ['numberMissing 1', 'numberMissing 4']],
	['coordinates', '1\n00:00:01,000 --> 00:00:02,000  X1:100 X2:200 Y1:1 Y2:2\nA\n\n2\n00:00:03,000 --> 00:00:04,000\nB\n', two, []],
	[
		'a cue without text',
		'1\n00:00:01,000 --> 00:00:02,000\n\n2\n00:00:03,000 --> 00:00:04,000\nB\n',
		[
			[1000, 2000, ''],
			[3000, 4000, 'B'],
		],
		['emptyCue 2'],
	],
	['short times', '1\n0:00:01,0 --> 0:00:02,0\nA\n\n2\n00:03,000 --> 00:04\nB\n', two, ['oddTime 2', 'oddTime 6']],
	['CR alone', '1\r00:00:01,000 --> 00:00:02,000\rA\r\r2\r00:00:03,000 --> 00:00:04,000\rB\r', two, []],
	['short arrows and dots for commas', '1\n00:00:01.000 -> 00:00:02.000\nA\n\n2\n00:00:03,000 -> 00:00:04,000\nB\n', two, ['oddTime 2', 'oddTime 6']],
	['hours of three digits', '1\n100:00:01,000 --> 100:00:02,000\nA\n', [[360_001_000, 360_002_000, 'A']], []],
	[
		'a blank line within a text',
		'1\n00:00:01,000 --> 00:00:02,000\nA\n\nstill A\n\n2\n00:00:03,000 --> 00:00:04,000\nB\n',
		[
			[1000, 2000, 'A\n\nstill A'],
			[3000, 4000, 'B'],
		],
		['blankInText 4'],
	],
	['no blank line between', '1\n00:00:01,000 --> 00:00:02,000\nA\n2\n00:00:03,000 --> 00:00:04,000\nB\n', two, ['blankMissing 4']],
	[
		'a negative time',
		'1\n-00:00:01,000 --> 00:00:02,000\nA\n\n2\n00:00:03,000 --> 00:00:04,000\nB\n',
		[
			[-1000, 2000, 'A'],
			[3000, 4000, 'B'],
		],
		['oddTime 2', 'negativeTime 2'],
	],
	[
		'times that overlap',
		'1\n00:00:01,000 --> 00:00:03,500\nA\n\n2\n00:00:03,000 --> 00:00:04,000\nB\n',
		[
			[1000, 3500, 'A'],
			[3000, 4000, 'B'],
		],
		['overlap 6'],
	],
	['no end of the last line', '1\n00:00:01,000 --> 00:00:02,000\nA\n\n2\n00:00:03,000 --> 00:00:04,000\nB', two, ['lineEndMissing 7']],
	['two cues in one', '1\n00:00:01,000 --> 00:00:02,000\nA\n00:00:03,000 --> 00:00:04,000\nB\n', two, ['numberMissing 4', 'blankMissing 4']],
	['a text beside its times', '1\n00:00:01,000 --> 00:00:02,000 A\n\n2\n00:00:03,000 --> 00:00:04,000 B\n', two, ['textBesideTimes 2', 'textBesideTimes 5']],
])('an SRT file is read as a person would read it: %s', (_, text, cues, problems) => {
	expect(shown(text)).toEqual(cues);
	expect(odd(text)).toEqual(problems);
	const read = readSubtitles(text).cues;
	expect(rewriteCues(text, 'srt', [])).toBe(text);
	const changed = rewriteCues(
		text,
		'srt',
		read.map((cue) => ({ cue, text: cue.text === '' ? '' : `${cue.text}!` })),
	);
	expect(shown(changed).map(([, , said]) => said)).toEqual(read.map(({ text: said }) => (said === '' ? '' : `${said.replace('\n\n', '\n')}!`)));
});

test.each([
	['srt', '1\n00:00:01,000 --> 00:00:02,000\nDialogue: 0,0:00:01.00,and [00:01.00] and {1}{2}\n'],
	['vtt', '\uFEFFWEBVTT\n\n00:01.000 --> 00:02.000\nA\n'],
	['ass', '; made by hand\n[Script Info]\n[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,,,,,,,A\n'],
	['ass', 'Dialogue: 0,0:00:01.00,0:00:02.00,,,,,,,A\n'],
	['sbv', '0:00:01.000,0:00:02.000\nA\n'],
	['lrc', '[ar:Ann]\n[00:01.00]A\n'],
	['microdvd', '{25}{50}A\n'],
	['microdvd', '[25][50]A\n'],
	[
		'ttml',
		'<?xml version="1.0"?>\n<tt:tt\nxmlns:tt="http://www.w3.org/ns/ttml"><tt:body><tt:div><tt:p begin="1s" end="2s">A</tt:p></tt:div></tt:body></tt:tt>\n',
	],
	['sami', '<SAMI>\n<BODY><SYNC Start=1000><P>A\n<SYNC Start=2000><P>&nbsp;\n</BODY></SAMI>\n'],
])('knows %s by what stands in it', (format, text) => {
	const read = readSubtitles(text);
	expect([read.format, read.cues.length, read.cues[0]?.startMs]).toEqual([format, 1, 1000]);
});

test.each([
	['{y:i}Thank you.|Where to?', '<i>Thank you.</i>\nWhere to?'],
	['{Y:b,i}I do not|know.', '<i><b>I do not</b></i>\n<i><b>know.</b></i>'],
	['/Good night.|/Sleep {well}.', '<i>Good night.</i>\n<i>Sleep {well}.</i>'],
	['{c:$0000ff}{f:Arial}{P:1}Red', '<font color="#ff0000">Red</font>'],
])('the codes of MicroDVD are read as tags: %s', (said, text) => {
	expect(readSubtitles(`{1}{1}25\n{25}{50}${said}\n`)).toMatchObject({ cues: [{ text }], problems: [] });
});

test('a rate that is nowhere told is told to be assumed', () => {
	expect(readSubtitles('{25}{50}A\n').problems).toEqual([{ what: 'rateAssumed', line: 1, found: '' }]);
});

test('frames are read at the rate that it is told, else the one in the file, else 25 a second', () => {
	expect(readSubtitles('{25}{50}A\n')).toMatchObject({ fps: 25, cues: [{ startMs: 1000 }] });
	expect(readSubtitles('{1}{1}50\n{25}{50}A|B\n')).toMatchObject({ fps: 50, cues: [{ startMs: 500, text: 'A\nB' }] });
	expect(readSubtitles('{1}{1}50\n{25}{50}A\n', { fps: 10 })).toMatchObject({ fps: 10, cues: [{ startMs: 2500 }] });
});

test.each([
	['', 'empty'],
	[' \r\n\t', 'empty'],
	['Only prose, 12:30 --> late.', 'unknownForm'],
	['# VobSub index file, v7\ntimestamp: 00:00:01:000, filepos: 000000000\n', 'pictures'],
])('what is no subtitle file is refused: %j', (text, reason) => {
	const thrown = (() => {
		try {
			return readSubtitles(text);
		} catch (error) {
			return error;
		}
	})();
	expect(isFailure(thrown, 'SUBTITLES_INVALID') && thrown.data.reason).toBe(reason);
});

test('of a million oddities the first thousand are told, and how many there are', () => {
	const { problems, problemCount } = readSubtitles('0:1 -> 0:2\n'.repeat(5000));
	expect([problems.length, problemCount > 5000]).toEqual([1000, true]);
});

const heads = ['WEBVTT\n\n', '[Events]\n', '[00:01.00]', '{1}{2}', '0:00:01.000,0:00:02.000\n', '00:01 --> 00:02\n', '<tt>', '<SAMI>'];
const pieces = fc.oneof(
	fc.constantFrom('\n', '\r', '\r\n', ' ', '1', '00:00:01,000 --> 00:00:02,000', 'Format:', 'Dialogue: ', ',', 'NOTE', 'STYLE', '-->', '-'),
	fc.constantFrom('<p begin="1s">', '</p>', '<span end="2s">', '<br>', '&nbsp;', '&', '<!DOCTYPE tt [<!ENTITY a "b">]>', '&a;', ']]>', '<![CDATA[', '<!--'),
	fc.constantFrom('<SYNC Start=1>', '<P Class=EN>', '<', '>', '"', '[', ']', '{', '}', '\0', '\uD800', '\uFEFF', '⟦1⟧', '\u2028', '９'),
	fc.string({ unit: 'binary', maxLength: 8 }),
);

test('whatever stands in a file, it is read without a throw, and every cue stands where it is said to', () => {
	fc.assert(
		fc.property(fc.constantFrom(...heads), fc.array(pieces, { maxLength: 60 }), (head, parts) => {
			const text = head + parts.join('');
			const { format, cues, problems } = readSubtitles(text);
			for (const { spans, startMs, line } of cues) {
				expect([Number.isFinite(startMs), line >= 1, spans.whole.start <= spans.text.start, spans.text.start <= spans.text.end]).toEqual([
					true,
					true,
					true,
					true,
				]);
				expect(Math.max(spans.text.end, spans.whole.end)).toBeLessThanOrEqual(text.length);
			}
			expect(problems).toEqual(problems.toSorted((a, b) => a.line - b.line));
			if (format === 'srt' || format === 'vtt' || format === 'ass') expect(rewriteCues(text, format, [])).toBe(text);
		}),
		{ numRuns: 1500, examples: [['<tt>', ['<!--', '<!--', '\ud800']]] },
	);
});

// Of each a megabyte, or a quarter of it where it has lines: a pattern that goes back and forth would not come to an end within the time a test has.
test.each([
	...[' ', '\t', '\n', '-', '0', '1:', ':', '1:1 ', '[', '{', '{1}', '<', '<p ', '<SYNC ', '<!--', '&', '&a', '"', '⟦', '00:00:01,000 --> ', '[00:01.00]'],
	...['<p begin="1s">', '</p>', 'NOTE\n', '\n\n-->', 'Dialogue: ', 'Dialogue: 0,0:00:01.00,0:00:02.00\n', ',', '\\N', 'a b:', 'a:b', 'Start=', '\uFEFF', '\r'],
])('a long run of %j behind any head is read', (piece) => {
	const many = piece.repeat(Math.ceil((/[\r\n]/.test(piece) ? 250_000 : 1_000_000) / piece.length));
	for (const head of heads) expect(readSubtitles(head + many).problemCount).toBeGreaterThanOrEqual(0);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readVtt } from './readVtt.ts';
import { rewriteCues } from './rewriteCues.ts';

const file = `WEBVTT - A film
Kind: captions

STYLE
::cue { color: lime }

NOTE a comment
of two lines with --> in it

REGION
id:bottom

intro
00:01.000 --> 00:02.000 align:start position:10%
<v Ann>Hello</v> <00:01.500>there

00:00:03.000 --> 00:00:04.000
Bye
`;

test('notes, styles and regions are no cues; identifiers and settings belong to theirs', () => {
	const { cues, problems } = readVtt(file);
	expect(cues.map(({ id, startMs, endMs, settings, text }) => ({ id, startMs, endMs, settings, text }))).toEqual([
		{ id: 'intro', startMs: 1000, endMs: 2000, settings: 'align:start position:10%', text: '<v Ann>Hello</v> <00:01.500>there' },
		{ id: undefined, startMs: 3000, endMs: 4000, settings: undefined, text: 'Bye' },
	]);
	expect(problems).toEqual([]);
});

test('a note between two cues ends the first one and stays where it is', () => {
	const { cues } = readVtt('WEBVTT\n\n00:01.000 --> 00:02.000\nA\n\nNOTE look\nhere\n\n00:03.000 --> 00:04.000\nB\n');
	expect(cues.map(({ text }) => text)).toEqual(['A', 'B']);
	expect(cues[0]?.spans.whole.end).toBeLessThan('WEBVTT\n\n00:01.000 --> 00:02.000\nA\n\nN'.length);
});

test.each([
	['00:01.000 --> 00:02.000\nA\n', ['headerMissing 1']],
	['WEBVTT\n\n00:01,000 --> 00:02,000\nA\n', ['oddTime 3']],
	['WEBVTT\n00:01.000 --> 00:02.000\nA\n', ['blankMissing 2']],
	['WEBVTT\n\n00:01.000 --> 00:02.000\nA\n\nmore of A\n', ['blankInText 5']],
])('what is odd is told: %j', (text, problems) => {
	const read = readVtt(text);
	expect(read.cues[0]).toMatchObject({ startMs: 1000, endMs: 2000, text: expect.stringMatching(/^A/) });
	expect(read.problems.map(({ what, line }) => `${what} ${line}`)).toEqual(problems);
});

const rich = `WEBVTT Kind: captions; Language: ja
X-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:900000

STYLE
::cue(v[voice="Ann"]) { color: #fff }

REGION
id:fred
width:40%

NOTE
of more lines
than one

1 - intro
00:00:01.000 --> 00:00:02.000 region:fred line:0,end position:10%,line-left align:start size:35%
<v.loud Ann><ruby>漢<rt>かん</rt></ruby> &amp; <c.yellow.bg_blue><i>so</i></c> <lang en-GB>on</lang>

00:02.000\t-->\t00:03.000
<00:02.000><c>Ka</c><00:02.500><c>ra</c>
NOTE is a word here

NOTE the end
`;

test.each(['\n', '\r\n', '\r'])('regions, settings, ruby and karaoke stay the same but for what is changed, with %j', (end) => {
	const text = `\uFEFF${rich.replaceAll('\n', end)}`;
	const { cues, problems } = readVtt(text);
	expect([cues.map((cue) => cue.id), problems]).toEqual([['1 - intro', undefined], []]);
	expect(cues[1]?.text).toBe('<00:02.000><c>Ka</c><00:02.500><c>ra</c>\nNOTE is a word here');
	expect(rewriteCues(text, 'vtt', [])).toBe(text);
	for (const cue of cues) {
		const { start, end: until } = cue.spans.text;
		expect(rewriteCues(text, 'vtt', [{ cue, text: 'new\ntext' }])).toBe(`${text.slice(0, start)}new${end}text${text.slice(until)}`);
	}
});

test('any text is read, and what is read stands where it is said to', () => {
	const line = fc.oneof(fc.constantFrom('WEBVTT', '', 'NOTE', 'STYLE', 'id', '00:01.000 --> 00:02.000 align:end', 'text'), fc.string({ unit: 'grapheme' }));
	fc.assert(
		fc.property(fc.array(line), fc.constantFrom('\n', '\r\n', '\r'), (lines, end) => {
			const text = lines.join(end);
			let at = 0;
			for (const { spans, text: said } of readVtt(text).cues) {
				expect(spans.whole.start).toBeGreaterThanOrEqual(at);
				expect(text.slice(spans.text.start, spans.text.end).replace(/\r\n|\r/g, '\n')).toBe(said);
				at = spans.whole.end;
			}
		}),
		{ numRuns: 300 },
	);
});

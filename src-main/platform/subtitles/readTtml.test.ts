import { expect, test } from 'vitest';
import { readTtml } from './readTtml.ts';

const file = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tt [<!ENTITY bomb "boom boom boom">]>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xmlns:tts="http://www.w3.org/ns/ttml#styling"
  ttp:frameRate="24" ttp:frameRateMultiplier="1000 1001" ttp:tickRate="10000000" xml:lang="en">
 <head><metadata><ttm:title>A film</ttm:title></metadata>
  <styling><style xml:id="slanted" tts:fontStyle="italic"/></styling>
 </head>
 <body><div begin="00:01:00.000">
  <p xml:id="c1" begin="00:00:01.500" end="00:00:03:06" region="bottom">One <span tts:fontStyle="italic">two</span><br/>
     three &amp; four &lt; five</p>
  <p begin="50000000t" dur="2s" style="slanted">All of it</p>
  <p><span begin="10s" end="11s">alone</span><span begin="12s" end="13s">and next</span></p>
  <p begin="20s" end="21s" xml:space="preserve">kept   apart</p>
  <p begin="22s" end="23s"/>
  <p begin="soon" end="24s">Tom & Jerry &bomb;&nbsp;</p>
 </div></body>
</tt>
`;

test('paragraphs are read with their times, lines and letters, and parts that alone have times', () => {
	const { cues, problems } = readTtml(file);
	expect(cues.map(({ startMs, endMs, text, id }) => [startMs, endMs, text, id])).toEqual([
		[61_500, 63_250, 'One <i>two</i>\nthree & four < five', 'c1'],
		[65_000, 67_000, '<i>All of it</i>', undefined],
		[70_000, 71_000, 'alone', undefined],
		[72_000, 73_000, 'and next', undefined],
		[80_000, 81_000, 'kept   apart', undefined],
		[82_000, 83_000, '', undefined],
		[60_000, 84_000, 'Tom & Jerry &bomb;', undefined],
	]);
	expect(problems.map(({ what, line, found }) => [what, line, found])).toEqual([
		['badTime', 15, 'soon'],
		['badMarkup', 15, 'undefined entity.'],
		['outOfOrder', 15, 'Tom & Jerry &bomb;'],
	]);
	const [first] = cues;
	expect(file.slice(first?.spans.whole.start, first?.spans.whole.end)).toMatch(/^<p xml:id="c1".*five<\/p>$/s);
	expect(file.slice(first?.spans.text.start, first?.spans.text.end)).toMatch(/^One <span.*five$/s);
});

test('what is not well-formed is read as far as it goes, and told', () => {
	const { cues, problems } = readTtml('<tt><body><div><p begin="1s" end="2s">A<br>B</p><p begin="3s" end="4s">C</div></body>');
	expect(cues.map(({ startMs, text }) => [startMs, text])).toEqual([
		[1000, 'A\nB'],
		[3000, 'C'],
	]);
	expect(new Set(problems.map(({ what }) => what))).toEqual(new Set(['badMarkup']));
});

test('elements within one another are read to a depth of a hundred', () => {
	const { cues, problems } = readTtml(`<tt><p begin="1s" end="2s">A</p>${'<div>'.repeat(200_000)}<p begin="3s" end="4s">B</p>`);
	expect([cues.map(({ text }) => text), problems.map(({ what }) => what)]).toEqual([['A'], ['tooDeep']]);
});

test.each([
	['in one paragraph', (lines: string) => `<p begin="1s" end="2s">A${lines}B</p>`, 1],
	['one in each', (_: string) => '<p begin="1s" end="2s"><br/></p>'.repeat(250_000), 49_999],
	['in none', (lines: string) => `<p begin="1s" end="2s">A</p>${lines}`, 1],
])('of 250,000 line ends, %s, those are read that subtitles could have, and where that is is told', (_, body, cueCount) => {
	const { cues, problems } = readTtml(`<tt><body><div>\n${body('<br/>'.repeat(250_000))}</div></body></tt>`);
	expect([cues.length, cues[0]?.text.trim()]).toEqual([cueCount, cueCount === 1 ? 'A' : '']);
	expect(problems.filter(({ what }) => what === 'tooManyElements')).toEqual([{ what: 'tooManyElements', line: 2, found: expect.stringMatching(/^(?:br|p)$/) }]);
});

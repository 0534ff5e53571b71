import { expect, test } from 'vitest';
import { readSami } from './readSami.ts';

const file = `<SAMI>
<HEAD><STYLE TYPE="text/css"><!-- P { } .ENCC { Name: English; } <SYNC Start=1> --></STYLE></HEAD>
<BODY>
<SYNC Start=1000><P Class=ENCC>Hello &amp; <i>good</i>
 morning,<br>you.
<SYNC Start=1500><P Class=KRCC>안녕
<SYNC Start=2000><P Class=ENCC>&nbsp;
<sync start="3000" end="3500"><p class='ENCC' style="x">Bye<P Class=ENCC>now
<SYNC Start=soon><P Class=ENCC>lost
<SYNC Start=4000>
<SYNC Start=5000><P Class=KRCC>끝
`;

test('what is shown at a time is shown until the next time of its language', () => {
	const { cues, problems } = readSami(file);
	expect(cues.map(({ startMs, endMs, text, style, line }) => [startMs, endMs, text, style, line])).toEqual([
		[1000, 2000, 'Hello & <i>good</i> morning,\nyou.', 'ENCC', 4],
		[1500, 4000, '안녕', 'KRCC', 6],
		[3000, 3500, 'Bye\nnow', 'ENCC', 8],
		[5000, null, '끝', 'KRCC', 11],
	]);
	expect(problems).toEqual([{ what: 'badTime', line: 9, found: '<SYNC Start=soon><P Class=ENCC>lost' }]);
});

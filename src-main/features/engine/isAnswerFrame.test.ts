import { expect, test } from 'vitest';
import { isAnswerFrame } from './isAnswerFrame.ts';

test('only frames that an engine host has reason to send pass', () => {
	const good = [
		'{"i":"1","p":{"b":{"json":{"a":1}}}}',
		'{"i":"1","p":{"h":{"content-type":"text/event-stream"}}}',
		'{"i":"1","p":{"s":500,"b":{"json":{"code":"X"}}}}',
		'{"i":"1","t":3,"p":{"e":"message","d":{"json":1,"meta":[]}}}',
		'{"i":"1","t":3,"p":{"e":"done","d":{}}}',
		'{"i":"1","t":4}',
	];
	const bad = [
		'',
		'null',
		'[]',
		'nonsense',
		'{"i":1,"p":{}}',
		'{"i":"1","p":{"h":{"content-disposition":"attachment; filename=a"}}}',
		'{"i":"1","p":{"h":{"content-type":"multipart/form-data"}}}',
		'{"i":"1","p":{"b":{"json":"1","meta":[[1]]}}}',
		'{"i":"1","t":3}',
		'{"i":"1","t":3,"p":{"e":"other"}}',
		'{"i":"1","t":1,"p":{}}',
		`{"i":"${'9'.repeat(100)}","p":{}}`,
	];
	expect(good.filter((text) => !isAnswerFrame(text))).toEqual([]);
	expect(bad.filter(isAnswerFrame)).toEqual([]);
});

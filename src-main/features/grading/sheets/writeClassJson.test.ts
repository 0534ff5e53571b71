import { expect, test } from 'vitest';
import { sampleClass } from './sampleClass.test-support.ts';
import { writeClassJson } from './writeClassJson.ts';

test('a program reads back the whole class, with the name and version of the format', () => {
	const graded = sampleClass('zh');
	expect(JSON.parse(writeClassJson(graded))).toEqual({ format: 'homeroom-class', version: 1, ...graded });
});

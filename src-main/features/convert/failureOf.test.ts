import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FormatError } from '../../platform/formats/FormatError.ts';
import { failureOf, placeless } from './failureOf.ts';

test('no sentence names a line that there is not', () => {
	for (const language of ['en', 'zh']) {
		const { CONVERT_INVALID } = JSON.parse(readFileSync(new URL(`../../../resources/locales/${language}/failures.json`, import.meta.url), 'utf8'));
		for (const code of [...placeless, 'unplaced'])
			expect([code, CONVERT_INVALID[code] ?? 'no words']).toEqual([code, expect.not.stringMatching(/\{\{line|no words/)]);
	}
	expect(failureOf(new FormatError('tooDeep', 'More than 500 levels.', {}), 'json').data).toMatchObject({
		reason: 'unplaced',
		detail: 'More than 500 levels.',
	});
	expect(failureOf(new FormatError('tooDeep', '', { line: 3, column: 1 }), 'json').data).toMatchObject({ reason: 'tooDeep', line: 3 });
	expect(failureOf(new FormatError('notWorkbook', ''), 'xlsx').data).toMatchObject({ reason: 'notWorkbook' });
});

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const folder = fileURLToPath(new URL('..', import.meta.url));

/** What writes for a reader and, told no language, takes the machine's: a German date on an English screen, or a search that fails in Turkish. */
const untold =
	/\.toLocale(String|DateString|TimeString|LowerCase|UpperCase)\(\s*(\)|undefined)|new Intl\.(NumberFormat|DateTimeFormat|RelativeTimeFormat|PluralRules|ListFormat|DisplayNames|DurationFormat)\(\s*(\)|undefined|\[\])/;

test('numbers, dates and lists are written in the language that the screen speaks', () => {
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file) && !/\.test/.test(file));
	const found = files.flatMap((file) =>
		readFileSync(path.join(folder, file), 'utf8')
			.split('\n')
			.flatMap((line, at) => (untold.test(line) ? [`${file}:${at + 1}: ${line.trim()}`] : [])),
	);
	expect(files.length).toBeGreaterThan(300);
	expect(found).toEqual([]);
});

test('a language that is left out is seen', () => {
	const seen = ['at.toLocaleString()', 'new Intl.NumberFormat(undefined, {})', 'new Intl.ListFormat()', 'name.toLocaleLowerCase()'].filter((line) =>
		untold.test(line),
	);
	const told = ['at.toLocaleString(language)', 'new Intl.NumberFormat(language, {})', 'name.toLowerCase()'].filter((line) => untold.test(line));
	expect([seen.length, told]).toEqual([4, []]);
});

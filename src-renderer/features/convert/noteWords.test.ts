import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { mendRule } from '#contract/convertMend.ts';

const folder = fileURLToPath(new URL('../../../src-main/platform/formats', import.meta.url));
const locale = (language: string) => JSON.parse(readFileSync(new URL(`../../../resources/locales/${language}/convert.json`, import.meta.url), 'utf8'));

/** The codes of the notes that the formats write, as their sources say. */
function noteCodes(): string[] {
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.ts$/.test(file) && !/\.test/.test(file));
	const told = /#(?:note|tell|told|lose)\(\s*(?:\w+ \? )?'(\w+)'(?: : '(\w+)')?|\bcode: (?:\w+ \? )?'(\w+)'(?: : '(\w+)')?(?=[^}]*kind|,)/g;
	const codes = files.flatMap((file) =>
		[...readFileSync(join(folder, file), 'utf8').matchAll(told)].flatMap(([, ...found]) => found.flatMap((code) => code ?? [])),
	);
	// What stands aside in XML is told by its kind.
	const asides = /export type Aside =([\s\S]*?);\n\n/.exec(readFileSync(join(folder, 'middle.ts'), 'utf8'))?.[1] ?? '';
	codes.push(...[...asides.matchAll(/kind: '(\w+)'/g)].map(([, kind = '']) => kind).filter((kind) => kind !== 'characters'));
	return [...new Set(codes)].filter((code) => code !== 'more');
}

test('every note that a format writes has words, and how to avoid it', () => {
	const codes = noteCodes();
	expect(codes.length).toBeGreaterThan(20);
	for (const language of ['en', 'zh']) {
		const { notes } = locale(language);
		expect(codes.filter((code) => !notes[code]?.what || !notes[code]?.avoid)).toEqual([]);
	}
});

test('every rule that mends has a name', () => {
	for (const language of ['en', 'zh']) expect(Object.keys(locale(language).rules).sort()).toEqual([...mendRule.options].sort());
});

test('every failure that a format names by its code has a sentence of its own', () => {
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.ts$/.test(file) && !/\.test/.test(file));
	const codes = new Set(files.flatMap((file) => [...readFileSync(join(folder, file), 'utf8').matchAll(/FormatError\('(\w+)'/g)].map(([, code = '']) => code)));
	expect(codes.size).toBeGreaterThan(15);
	// A loss that was not allowed is a failure of another kind; what YAML says of its syntax has no other sentence than the usual one.
	for (const usual of ['lossRefused', 'yamlSyntax']) codes.delete(usual);
	for (const language of ['en', 'zh']) {
		const { CONVERT_INVALID } = JSON.parse(readFileSync(new URL(`../../../resources/locales/${language}/failures.json`, import.meta.url), 'utf8'));
		expect([...codes].filter((code) => !(code in CONVERT_INVALID))).toEqual([]);
	}
});

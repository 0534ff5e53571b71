import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { failures } from '#contract/errors.ts';

const localesFolder = fileURLToPath(new URL('../../resources/locales', import.meta.url));
/** The page, and the shell around it, which speaks by itself. */
const sourceFolders = ['..', '../../src-main/platform/electron'].map((folder) => fileURLToPath(new URL(folder, import.meta.url)));
const desktop = fileURLToPath(new URL('../../src-main/desktop.ts', import.meta.url));

type Texts = Map<string, string>;
let en: Texts;
let zh: Texts;
let sources: string;

beforeAll(async () => {
	[en, zh] = await Promise.all([readLanguage('en'), readLanguage('zh')]);
	const folders = await Promise.all(sourceFolders.map(async (folder) => (await readdir(folder, { recursive: true })).map((file) => path.join(folder, file))));
	const files = folders.flat().filter((file) => /\.tsx?$/.test(file) && !/\.test/.test(file));
	sources = (await Promise.all([...files, desktop].map((file) => readFile(file, 'utf8')))).join('\n');
});

/** All texts of a language by `namespace:key.of.it`. */
async function readLanguage(language: string): Promise<Texts> {
	const texts: Texts = new Map();
	const folder = path.join(localesFolder, language);
	for (const file of await readdir(folder)) {
		const walk = (value: unknown, key: string) => {
			if (typeof value === 'string') texts.set(key, value);
			else for (const [part, inner] of Object.entries(value ?? {})) walk(inner, key.endsWith(':') ? key + part : `${key}.${part}`);
		};
		walk(JSON.parse(await readFile(path.join(folder, file), 'utf8')), `${path.basename(file, '.json')}:`);
	}
	return texts;
}

const isPlural = /_(zero|one|two|few|many|other)$/;
const withoutPlural = (key: string) => key.replace(isPlural, '');
const keysOf = (texts: Texts) => [...new Set([...texts.keys()].map(withoutPlural))].sort();
const placeholders = (text: string) => [...text.matchAll(/\{\{\s*([\w.]+)/g)].map(([, name = '']) => name).sort();

test('both languages have the same texts', () => {
	expect(keysOf(zh)).toEqual(keysOf(en));
});

test('each language has the plural forms that it needs', () => {
	const missing = [...en.keys(), ...zh.keys()]
		.filter((key) => isPlural.test(key))
		.flatMap((key) =>
			[en, zh].flatMap((texts, index) =>
				new Intl.PluralRules(index === 0 ? 'en' : 'zh')
					.resolvedOptions()
					.pluralCategories.map((form) => `${withoutPlural(key)}_${form}`)
					.filter((form) => !texts.has(form)),
			),
		);
	expect([...new Set(missing)]).toEqual([]);
});

test('both languages fill in the same values', () => {
	const different = [...en].filter(([key, text]) => zh.has(key) && placeholders(zh.get(key) ?? '').join() !== placeholders(text).join()).map(([key]) => key);
	expect(different).toEqual([]);
});

test('no text is empty', () => {
	expect([...en, ...zh].filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([]);
});

test('every failure of the contract has a sentence', () => {
	const unsaid = Object.keys(failures).filter((code) => !en.has(`failures:${code}`) && !en.has(`failures:${code}.text`));
	expect(unsaid).toEqual([]);
});

test('no text is there that nothing shows', () => {
	const isMentioned = (key: string) => {
		const name = key.slice(key.indexOf(':') + 1);
		const dot = name.lastIndexOf('.');
		// A key is written out, or its last part is filled in: t(`state.${state}`), and then the group is named.
		return mentions(name) || (dot >= 0 && (sources.includes(`${name.slice(0, dot)}.\${`) || sources.includes(`.${name.slice(dot + 1)}\``)));
	};
	const mentions = (name: string) => [`'${name}'`, `"${name}"`, `\`${name}\``, `:${name}'`].some((form) => sources.includes(form));
	expect(keysOf(en).filter((key) => !key.startsWith('failures:') && !isMentioned(key))).toEqual([]);
});

test('every text that is asked for by its whole key is there', () => {
	const asked = [...sources.matchAll(/\bt\(\s*'([\w.]+)'/g)].map(([, key = '']) => key);
	const known = new Set(keysOf(en).map((key) => key.slice(key.indexOf(':') + 1)));
	expect([...new Set(asked)].filter((key) => !known.has(key))).toEqual([]);
});

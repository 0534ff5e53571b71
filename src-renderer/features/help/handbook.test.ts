import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { routes } from '../../app/routes.tsx';
import { screenOf } from './HandbookText.tsx';
import { handbookPages } from './handbookPages.ts';
import { helpPlace } from './helpPlace.ts';
import { type HandbookPage, parsePage } from './parsePage.ts';

const resources = fileURLToPath(new URL('../../../resources', import.meta.url));
const languages = ['en', 'zh'] as const;
const written = handbookPages.filter((id) => id !== 'terms');

const mostPictureBytes = 80 * 1024;
const mostBytes = 2 * 1024 * 1024;

/** One language of the handbook beside the texts of the screens. */
interface Book {
	files: string[];
	pictures: string[];
	markdown: Map<string, string>;
	pages: Map<string, HandbookPage>;
	/** Every text of the screens; what is filled in stands as “…”. */
	labels: Set<string>;
	terms: string[];
	titles: Record<string, string>;
	lines: Record<string, string>;
}

const books = new Map<string, Book>();

beforeAll(async () => {
	for (const language of languages) books.set(language, await readBook(language));
});

async function readBook(language: string): Promise<Book> {
	const folder = path.join(resources, 'handbook', language);
	const files = (await readdir(folder)).filter((file) => file.endsWith('.md'));
	const markdown = new Map<string, string>();
	for (const file of files) markdown.set(path.basename(file, '.md'), await readFile(path.join(folder, file), 'utf8'));
	const locales = path.join(resources, 'locales', language);
	const texts = new Map<string, Record<string, unknown>>();
	for (const file of await readdir(locales)) texts.set(path.basename(file, '.json'), JSON.parse(await readFile(path.join(locales, file), 'utf8')));
	const { pages: titles = {}, lines = {} } = (texts.get('help') ?? {}) as { pages?: Record<string, string>; lines?: Record<string, string> };
	return {
		files,
		pictures: await readdir(path.join(folder, 'pictures')),
		markdown,
		pages: new Map([...markdown].map(([id, text]) => [id, parsePage(text)])),
		labels: new Set([...texts.values()].flatMap(textsIn).map((text) => text.replace(/\{\{[^}]*\}\}/g, '…'))),
		terms: Object.keys(Object(texts.get('terms')?.words)),
		titles,
		lines,
	};
}

function textsIn(value: unknown): string[] {
	return typeof value === 'string' ? [value] : Object.values(Object(value)).flatMap(textsIn);
}

const bookOf = (language: string) => books.get(language) as Book;
const idsOf = (page: HandbookPage | undefined) => page?.sections.map(({ id }) => id) ?? [];

/** Whether a page, and a section of it where one is named, is there. */
function isThere(book: Book, page: string, section: string): boolean {
	if (page === 'terms') return section === '' || book.terms.includes(section);
	return book.pages.has(page) && (section === '' || idsOf(book.pages.get(page)).includes(section));
}

describe.each(languages)('the handbook in %s', (language) => {
	test('has every page of its contents, and no other', () => {
		const { files, titles, pages } = bookOf(language);
		expect(files.toSorted()).toEqual(written.map((id) => `${id}.md`).toSorted());
		expect(Object.keys(titles).toSorted()).toEqual([...handbookPages].toSorted());
		expect(written.filter((id) => pages.get(id)?.title !== titles[id])).toEqual([]);
	});

	test('has a name for every section after the first, each once in its page', () => {
		const wrong = written.filter((id) => {
			const [first, ...others] = idsOf(bookOf(language).pages.get(id));
			return first !== '' || others.includes('') || new Set(others).size !== others.length;
		});
		expect(wrong).toEqual([]);
	});

	test('leads by every link to a page and a section that are there', () => {
		const book = bookOf(language);
		const lost = [...book.markdown].flatMap(([id, text]) =>
			[...text.matchAll(/(?<!!)\[[^\]]*\]\(([^)]*)\)/g)].flatMap(([, address = '']) => {
				const [, , page = '', section = ''] = (screenOf(address) ?? '').split('/');
				return isThere(book, page, section) ? [] : [`${id}.md: ${address}`];
			}),
		);
		expect(lost).toEqual([]);
	});

	test('has every picture it shows and no other, each with words for it and small enough to ship', async () => {
		const { markdown, pictures } = bookOf(language);
		const shown = [...markdown.values()].flatMap((text) => [...text.matchAll(/!\[([^\]]*)\]\(([^)]*)\)/g)]);
		expect(shown.filter(([, alt]) => !alt)).toEqual([]);
		expect(shown.map(([, , address]) => address).toSorted()).toEqual(pictures.map((name) => `pictures/${name}`).toSorted());
		const sizes = await Promise.all(pictures.map(async (name) => (await stat(path.join(resources, 'handbook', language, 'pictures', name))).size));
		expect(pictures.filter((_, index) => (sizes[index] ?? 0) > mostPictureBytes)).toEqual([]);
		expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(mostBytes / languages.length);
	});

	test('quotes every label as it stands on the screen', () => {
		const { markdown, labels } = bookOf(language);
		const unknown = [...markdown].flatMap(([id, text]) =>
			[...text.matchAll(/\*\*(.+?)\*\*/g)].flatMap(([, label = '']) => (labels.has(label) ? [] : [`${id}.md: ${label}`])),
		);
		expect(unknown).toEqual([]);
	});

	test('speaks of every screen, and says in a line what it is for', () => {
		const book = bookOf(language);
		const lacking = routes
			.filter(({ to }) => to !== '/help')
			.filter(({ to, path }) => [to, path.replace(/:(\w+)\?/g, 'x').replace(/:\w+/g, 'x')].some((address) => !isExplained(book, address)))
			.map(({ to }) => to);
		expect(lacking).toEqual([]);
	});
});

function isExplained(book: Book, address: string): boolean {
	const place = helpPlace(/^\/admin\/statement$/.test(address) ? `${address}/x` : address);
	return place !== null && isThere(book, place.page, place.section) && Boolean(book.lines[place.line]);
}

test('both languages have the same pages with the same sections, pictures and terms, in the same order', () => {
	const [en, zh] = languages.map((language) => {
		const { pages, pictures, terms } = bookOf(language);
		return { pages: written.map((id) => [id, idsOf(pages.get(id))]), pictures, terms };
	});
	expect(zh).toEqual(en);
});

test('an address leads into the handbook only where it is one of its pages', () => {
	expect(['grading.md#desk', 'terms.md', 'nowhere.md', 'https://elsewhere.example/grading.md', '../grading.md'].map(screenOf)).toEqual([
		'/help/grading/desk',
		'/help/terms',
		null,
		null,
		null,
	]);
});

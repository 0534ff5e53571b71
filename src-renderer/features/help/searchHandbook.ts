import { type HandbookPageId, handbookPages } from './handbookPages.ts';
import type { Handbook } from './loadHandbook.ts';
import { plainText } from './plainText.ts';

/** A section that holds all that was looked for. */
export interface Found {
	page: HandbookPageId;
	/** Of the section; empty: the beginning of the page. */
	sectionId: string;
	pageTitle: string;
	/** Of the section; empty at the beginning of a page. */
	title: string;
	/** Words around the first that was found, in parts: every second is one of those that were looked for. */
	excerpt: readonly string[];
}

/** Characters before and behind what was found. */
const around = { before: 50, behind: 110 };
const mostFound = 40;

/**
 * The sections that hold every word of `query`, whatever its case, in title or text; those that hold them in their titles first, otherwise in the order
 * of the handbook. Words are parted by blanks and found within others too, so that Chinese needs none.
 */
export function searchHandbook(handbook: Handbook, query: string): readonly Found[] {
	const words = [...new Set(query.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean))];
	if (words.length === 0) return [];
	const found = handbookPages.flatMap((page) => {
		const { title: pageTitle, sections } = handbook[page];
		return sections.flatMap(({ id, title, text }) => {
			const plain = plainText(text);
			const names = `${title || pageTitle}`.toLowerCase();
			const whole = `${names} ${plain.toLowerCase()}`;
			if (!words.every((word) => whole.includes(word))) return [];
			const inTitle = words.filter((word) => names.includes(word)).length;
			return [{ rank: inTitle, found: { page, sectionId: id, pageTitle, title, excerpt: excerptOf(plain, words) } }];
		});
	});
	return found
		.toSorted((a, b) => b.rank - a.rank)
		.slice(0, mostFound)
		.map(({ found: each }) => each);
}

/**
 * The sections that hold every word of `query` in the reader's own handbook, then those that hold them in the other language's, each called as in the
 * own: both have the same pages and sections.
 */
export function searchHandbooks({ own, other }: { own: Handbook; other: Handbook }, query: string): readonly Found[] {
	const found = searchHandbook(own, query);
	const known = new Set(found.map(placeOf));
	const further = searchHandbook(other, query).filter((each) => !known.has(placeOf(each)));
	return [
		...found,
		...further.map((each) => {
			const { title: pageTitle, sections } = own[each.page];
			return { ...each, pageTitle, title: sections.find(({ id }) => id === each.sectionId)?.title ?? each.title };
		}),
	];
}

function placeOf({ page, sectionId }: Found): string {
	return `${page}/${sectionId}`;
}

function excerptOf(plain: string, words: readonly string[]): readonly string[] {
	const lower = plain.toLowerCase();
	const first = Math.max(0, Math.min(...words.map((word) => lower.indexOf(word)).filter((at) => at >= 0), plain.length));
	const from = first >= plain.length ? 0 : Math.max(0, first - around.before);
	const to = Math.min(plain.length, from + around.before + around.behind);
	const piece = `${from > 0 ? '…' : ''}${plain.slice(from, to)}${to < plain.length ? '…' : ''}`;
	const pattern = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
	return piece.split(new RegExp(`(${pattern})`, 'i'));
}

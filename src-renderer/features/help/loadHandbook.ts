import i18next from 'i18next';
import { type HandbookPageId, handbookPages } from './handbookPages.ts';
import { type HandbookPage, parsePage } from './parsePage.ts';

/** The handbook of one language. */
export type Handbook = Record<HandbookPageId, HandbookPage>;

export interface OpenHandbook {
	pages: Handbook;
	/** The address of a picture by its name in the text, such as `pictures/desk.webp`; null: there is none. */
	pictureOf(name: string): string | null;
}

const sources = { en: () => import('./handbookEn.ts'), zh: () => import('./handbookZh.ts') };

/** Fetches the handbook of a language from the app's own files; its page of terms is made of those that the screens explain. */
export async function loadHandbook(language: keyof typeof sources): Promise<OpenHandbook> {
	const { texts, pictures } = await sources[language]();
	const textOf = (id: HandbookPageId) => Object.entries(texts).find(([path]) => path.endsWith(`/${id}.md`))?.[1] ?? '';
	const pages = Object.fromEntries(handbookPages.map((id) => [id, id === 'terms' ? termsPage(language) : parsePage(textOf(id))])) as Handbook;
	return { pages, pictureOf: (name) => Object.entries(pictures).find(([path]) => path.endsWith(`/${name}`))?.[1] ?? null };
}

function termsPage(language: string): HandbookPage {
	const t = i18next.getFixedT(language, 'terms');
	const names = Object.keys(Object(i18next.getResource(language, 'terms', 'words')));
	const { compare } = new Intl.Collator(language);
	return {
		title: t('title'),
		sections: [
			{ id: '', title: '', text: t('intro') },
			...names.map((id) => ({ id, title: t(`words.${id}.word`), text: t(`words.${id}.text`) })).sort((a, b) => compare(a.title, b.title)),
		],
	};
}

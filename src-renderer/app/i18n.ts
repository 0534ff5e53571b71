import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Settings } from '#contract/settings.ts';

export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];

const sources = { en: () => import('./textsEn.ts'), zh: () => import('./textsZh.ts') };
const rememberedKey = 'homeroom.language';

/** The language to speak for a setting: with `system`, the first of the reader's own that Homeroom has, else English. */
export function languageFor(setting: Settings['language'], preferred: readonly string[]): Language {
	if (setting !== 'system') return setting;
	for (const tag of preferred) {
		const known = languages.find((language) => tag.toLowerCase().split('-')[0] === language);
		if (known) return known;
	}
	return 'en';
}

/** Starts the translations before the first screen, in the language that was last seen here. */
export async function startLanguage(): Promise<void> {
	const remembered = languages.find((language) => language === localStorage.getItem(rememberedKey));
	const language = remembered ?? languageFor('system', navigator.languages);
	await i18next.use(initReactI18next).init({
		lng: language,
		fallbackLng: false,
		defaultNS: 'app',
		resources: { [language]: await loadTexts(language) },
		// React escapes what it shows.
		interpolation: { escapeValue: false },
		returnNull: false,
	});
	markLanguage(language);
}

/** Changes the language of everything on screen; the texts of one not spoken yet are fetched from the app's own files. */
export async function speak(language: Language): Promise<void> {
	if (i18next.language === language) return;
	await loadAside(language);
	await i18next.changeLanguage(language);
	localStorage.setItem(rememberedKey, language);
	markLanguage(language);
}

/** Fetches the texts of a language, so that single ones can be told in it too; safe to repeat. */
export async function loadAside(language: Language): Promise<void> {
	if (i18next.hasResourceBundle(language, 'app')) return;
	for (const [namespace, bundle] of Object.entries(await loadTexts(language))) i18next.addResourceBundle(language, namespace, bundle);
}

/** Speaks what another window of this reader was told to speak, from then on. Returns how to stop that. */
export function followOtherWindows(onError: (error: unknown) => void): () => void {
	const follow = ({ key, newValue }: StorageEvent) => {
		const language = key === rememberedKey && languages.find((known) => known === newValue);
		if (language) speak(language).catch(onError);
	};
	window.addEventListener('storage', follow);
	return () => window.removeEventListener('storage', follow);
}

/** A language's texts by namespace, which is the feature's word and the name of its file. */
async function loadTexts(language: Language): Promise<Record<string, Record<string, unknown>>> {
	const { texts } = await sources[language]();
	return Object.fromEntries(Object.entries(texts).map(([path, bundle]) => [namespaceOf(path), bundle]));
}

function namespaceOf(path: string): string {
	return path.slice(path.lastIndexOf('/') + 1, -'.json'.length);
}

function markLanguage(language: Language): void {
	document.documentElement.lang = language === 'zh' ? 'zh-Hans' : language;
}

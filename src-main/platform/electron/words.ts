import { app } from 'electron';
import en from '../../../resources/locales/en/shell.json' with { type: 'json' };
import zh from '../../../resources/locales/zh/shell.json' with { type: 'json' };

const texts = { en, zh } as const;
export type ShellLanguage = keyof typeof texts;
type Texts = typeof en;
/** `menu.file` and the like. */
export type Word = { [Group in keyof Texts & string]: `${Group}.${keyof Texts[Group] & string}` }[keyof Texts & string];
export type Say = (word: Word, values?: Readonly<Record<string, string | number>>) => string;

let chosen: () => ShellLanguage | 'system' = () => 'system';

/** Lets the shell speak as whoever sits at the window has chosen; until then, and with `system`, it speaks as the system does. */
export function speakAs(language: typeof chosen): void {
	chosen = language;
}

/** What the shell itself says to people; the page has its own words. */
export const say: Say = (word, values) => {
	const language = chosen();
	return sayIn(language === 'system' ? systemLanguage() : language)(word, values);
};

/** The words of one language, by their places in resources/locales/LANGUAGE/shell.json. */
export function sayIn(language: ShellLanguage): Say {
	return (word, values = {}) => {
		const [group, name] = word.split('.');
		// `Word` names what is there; TypeScript does not follow it through the split.
		const text = (texts[language] as unknown as Record<string, Record<string, string>>)[group ?? '']?.[name ?? ''] ?? word;
		return text.replace(/\{\{(\w+)\}\}/g, (_, value: string) => String(values[value] ?? ''));
	};
}

function systemLanguage(): ShellLanguage {
	return app.getPreferredSystemLanguages()[0]?.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

import { type Screen, screens } from '../../e2e/support/screens.ts';

export const states = ['empty', 'full', 'error'] as const;
export type State = (typeof states)[number];
const languages = ['en', 'zh'] as const;
const themes = ['light', 'dark'] as const;
export const sizes = { '1280': { width: 1280, height: 800 }, '1920': { width: 1920, height: 1080 } };
type Size = keyof typeof sizes;

/** The pictures to take: every screen in every combination of these. */
export interface Choice {
	screens: Screen[];
	states: readonly State[];
	languages: readonly (typeof languages)[number][];
	themes: readonly (typeof themes)[number][];
	sizes: readonly Size[];
}

/** Reads the words after the command: a state, a language, a theme, a size, or how a screen's name begins; of what none is named all is taken. A word that is nothing is told. */
export function choosePictures(words: readonly string[]): Choice | string {
	const left = new Set(words);
	const take = <Word extends string>(all: readonly Word[]): readonly Word[] => {
		const named = all.filter((word) => left.delete(word));
		return named.length > 0 ? named : all;
	};
	const choice = { states: take(states), languages: take(languages), themes: take(themes), sizes: take(Object.keys(sizes) as Size[]) };
	const named = screens.filter(({ name }) => [...left].some((word) => name.startsWith(word)));
	const unknown = [...left].filter((word) => !screens.some(({ name }) => name.startsWith(word)));
	if (unknown.length > 0) return `There is no screen ${unknown.join(', ')}. There are: ${screens.map(({ name }) => name).join(', ')}.`;
	return { ...choice, screens: left.size > 0 ? named : [...screens] };
}

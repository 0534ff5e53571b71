import { type ReadingPreset, readingPresets } from '#contract/readingRules.ts';

/** The presets to choose from for a language: its own, and those for every language where it has none of that publisher. */
export function presetsFor(language: string): ReadingPreset[] {
	const primary = language.toLowerCase().split('-')[0];
	const own = readingPresets.filter((preset) => preset.language === primary);
	const others = readingPresets.filter((preset) => preset.language === '*' && !own.some(({ publisher }) => publisher === preset.publisher));
	return [...own, ...others];
}

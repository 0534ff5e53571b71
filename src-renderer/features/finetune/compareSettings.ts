import type { RunSettings } from '#contract/finetune.ts';
import { settingNames } from './settingNames.ts';

/** The settings in which runs differ, in the order of the form; none where they are the same. */
export function compareSettings(settings: readonly RunSettings[]): (keyof RunSettings)[] {
	const textOf = (each: RunSettings, name: keyof RunSettings) => {
		const value = each[name];
		// The order in which targets are named means nothing.
		return JSON.stringify(Array.isArray(value) ? value.toSorted() : value);
	};
	return settingNames.filter((name) => new Set(settings.map((each) => textOf(each, name))).size > 1);
}

/** The pages of the handbook as they are read one after another, grouped as its contents show them. Each is `resources/handbook/LANGUAGE/NAME.md`, but for the terms, which are in the locale. */
export const handbookGroups = {
	begin: ['first-start', 'models', 'chat'],
	work: ['grading', 'trust', 'subtitles', 'converting', 'fine-tuning'],
	people: ['accounts', 'tokens', 'settings', 'backup', 'privacy'],
	administer: ['gateway', 'command-line', 'routes', 'monitoring'],
	lookUp: ['trouble', 'keyboard', 'terms'],
} as const;

export type HandbookGroup = keyof typeof handbookGroups;
export type HandbookPageId = (typeof handbookGroups)[HandbookGroup][number];

/** Every page of the handbook; its title is `pages.ID` of the texts `help`, its address `/help/ID`. */
export const handbookPages: readonly HandbookPageId[] = Object.values(handbookGroups).flat();

export function isHandbookPage(name: string | undefined): name is HandbookPageId {
	return handbookPages.some((id) => id === name);
}

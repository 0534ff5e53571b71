import type { TFunction } from 'i18next';

/** Something that can be done, or a place that can be gone to, from wherever one is: one line of the command palette. */
export interface Act {
	/** Stays the same from one time to the next, such as `chat.begin` or `model.load.` and an id. */
	id: string;
	/** `act` does something, `place` is a screen, `recent` something that was worked on, `page` a place of the handbook. */
	kind: 'act' | 'place' | 'recent' | 'page';
	/** What it is called, in the language that `t` speaks; what has a name of its own has it in each. */
	label(t: TFunction): string;
	/** Where it belongs, beside its label. */
	detail?(t: TFunction): string;
	/** Further words for it, parted by commas, in the language that `t` speaks: what people call it who look for it. */
	also?(t: TFunction): string;
	run(): unknown;
}

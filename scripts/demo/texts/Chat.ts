/** One turn of a chat that is learnt from. */
export interface Turn {
	role: 'system' | 'user' | 'assistant';
	content: string;
}

export type Language = 'en' | 'zh';
export const languages: readonly Language[] = ['en', 'zh'];

/** Something that can be asked in many ways and has one answer. */
export interface Matter {
	language: Language;
	/** What it is about: the same in both languages. */
	name: string;
	asks: readonly string[];
	answer: string;
}

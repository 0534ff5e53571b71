import { feedbackLanguages } from '#contract/feedbackLanguages.ts';
import type { AssignmentFields } from '#contract/grading.ts';

type FeedbackLanguage = Exclude<AssignmentFields['feedbackLanguage'], 'auto'>;

/** A language of feedback by its name in the reader's own, with what it calls itself where that is another word. */
export function nameLanguage(code: FeedbackLanguage, reader: string): string {
	const tag = code === 'zh' ? 'zh-Hans' : code;
	const nameIn = (language: string) => new Intl.DisplayNames([language], { type: 'language' }).of(tag) ?? code;
	const [name, own] = [nameIn(reader), nameIn(tag)];
	return name === own ? name : `${name} (${own})`;
}

/** All languages of feedback with their names: those that Homeroom itself speaks first, the others by name. */
export function namedLanguages(reader: string): { code: FeedbackLanguage; name: string }[] {
	const named = feedbackLanguages.map((code) => ({ code, name: nameLanguage(code, reader) }));
	const [english, chinese, ...others] = named;
	const { compare } = new Intl.Collator(reader);
	return [english, chinese, ...others.sort((a, b) => compare(a.name, b.name))].filter((each) => each !== undefined);
}

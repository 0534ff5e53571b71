/** What stands for a character that cannot be shown. */
export const missingSign = '□';

/** What XML cannot hold, and C1 controls, which nothing shows. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const control = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFFFE\uFFFF]/g;
/** Characters without a shape of their own that hide text or turn its direction: a sheet on paper has no use for them. */
const invisible = /[\u00AD\u061C\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\u{E0000}-\u{E007F}]/gu;

/** Text that XML can hold; a control character or half of a pair shows as U+FFFD, so that its place is seen. */
export function wellFormedText(text: string): string {
	return text.toWellFormed().replace(control, '\uFFFD');
}

/**
 * Text as it is printed for pupils and parents: lines end with `\n`, control characters show as U+FFFD, invisible ones are left out, and of
 * many empty lines two stay, so that nobody prints a hundred pages of them.
 */
export function printableText(text: string): string {
	return wellFormedText(text.replace(/\r\n?|[\u2028\u2029\u0085\v\f]/g, '\n'))
		.replace(invisible, '')
		.replace(/\n([ \t]*\n){3,}/g, '\n\n\n');
}

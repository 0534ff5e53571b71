import { failure } from '#contract/errors.ts';

declare const checked: unique symbol;
/** `sha256:` and 64 lower-case digits: the one form in which a digest ever gets into a path or an address. */
export type Digest = string & { readonly [checked]: 'digest' };

const digestForm = /^sha256:[0-9a-f]{64}$/;
const commitForm = /^[0-9a-f]{40}$/;
/** As huggingface_hub has it, stricter at the ends (utils/_validators.py, validate_repo_id). */
const repoForm = /^[A-Za-z0-9_][\w.-]{0,95}\/[A-Za-z0-9_][\w.-]{0,95}$/;
/** Characters that steer a terminal, a shell, a path of Windows, or the order in which text is read. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const unfitCharacters = /[\u0000-\u001f\u007f-\u009f\\:*?"<>|\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]|\p{Surrogate}/u;
const reservedNames = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)/i;
const mostPathLength = 1024;
const mostNameLength = 255;

/** Takes a digest that a server named. Throws NAME_NOT_ALLOWED. */
export function readDigest(text: string): Digest {
	if (!isDigest(text)) throw failure('NAME_NOT_ALLOWED', { what: 'digest', name: shorten(text) });
	return text;
}

export function isDigest(text: string): text is Digest {
	return digestForm.test(text);
}

/** Takes the commit that a server named. Throws NAME_NOT_ALLOWED. */
export function readCommit(text: string): string {
	if (!commitForm.test(text)) throw failure('NAME_NOT_ALLOWED', { what: 'digest', name: shorten(text) });
	return text;
}

/** Takes the name of a repository, `owner/name`. Throws NAME_NOT_ALLOWED. */
export function readRepoName(text: string): string {
	if (!isRepoName(text)) throw failure('NAME_NOT_ALLOWED', { what: 'model', name: shorten(text) });
	return text;
}

export function isRepoName(text: string): boolean {
	return repoForm.test(text) && !/\.\.|--|\.git$|[.-](\/|$)/i.test(text);
}

/**
 * Tells whether a server's path of a file can be shown and asked for: plain names, one below the other, that no system takes
 * for anything else. Nothing is stored under it all the same.
 */
export function isFilePath(path: string): boolean {
	if (path.length > mostPathLength || unfitCharacters.test(path)) return false;
	return path
		.split('/')
		.every((name) => name !== '' && Buffer.byteLength(name) <= mostNameLength && !/^\.{1,2}$|^ |[ .]$/.test(name) && !reservedNames.test(name));
}

/** As much of a bad name as a message has room for. */
export function shorten(text: string): string {
	return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}

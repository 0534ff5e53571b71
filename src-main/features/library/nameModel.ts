import { parse } from 'node:path';

const longestName = 120;
const longestFileName = 80;
/** Characters that change how the text around them is shown: controls, text direction, invisible marks. */
const unshowable = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\u2028\u2029]+/gu;

/** Chooses what a model is called on screens: its own name for itself, made fit to show, or else the name of its file. */
export function nameModel(ownName: string | null, fileName: string): string {
	return cleanText(ownName ?? '', longestName) || cleanText(parse(fileName).name, longestName) || 'Model';
}

/** Tells a model apart from others that call themselves the same: by the name of its file, then by a number. */
export function nameApart(name: string, fileName: string, isTaken: (name: string) => boolean): string {
	if (!isTaken(name)) return name;
	const withFile = `${name} (${cleanText(parse(fileName).name, longestFileName)})`;
	for (let attempt = 1; ; attempt++) {
		const candidate = attempt === 1 ? withFile : `${withFile} ${attempt}`;
		if (!isTaken(candidate)) return candidate;
	}
}

/**
 * Makes the name under which a sent file is stored, from what its sender called it: letters, digits, `.`, `_` and `-`
 * alone, never empty, hidden, a device of Windows or too long for a disk, and always `.gguf`.
 *
 * `attempt` 1, 2, … gives other names where the first is taken.
 */
export function nameStoredFile(senderName: string, attempt: number): string {
	const stem = senderName.normalize('NFC').replace(/\.gguf$/i, '');
	const safe = cleanText(stem.replace(/[^\p{L}\p{N}._-]+/gu, '-'), longestFileName)
		.replace(/^[.-]+|[.-]+$/g, '')
		.replace(/^(?=(con|prn|aux|nul|com\d|lpt\d)(\.|$))/i, 'model-');
	return `${safe || 'model'}${attempt > 1 ? `-${attempt}` : ''}.gguf`;
}

function cleanText(text: string, longest: number): string {
	const shown = text.replace(unshowable, ' ').replace(/\s+/g, ' ').trim();
	return [...shown].slice(0, longest).join('').trim();
}

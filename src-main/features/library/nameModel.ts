import { parse } from 'node:path';

const longestName = 120;
const longestFileName = 80;
/** File systems take 255, and numbers of parts and `.part` come after it. */
const longestFileNameBytes = 200;
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
 * Makes the names under which the files of a model are stored, from what they are called where they come from: letters, digits,
 * `.`, `_` and `-` alone, never empty, hidden, a device of Windows or too long for a disk, and always `.gguf`.
 *
 * The parts of a split model get the numbered names by which llama.cpp finds them. `attempt` 1, 2, … gives other names where the
 * first are taken.
 */
export function nameStoredFiles(fileNames: readonly string[], attempt: number): string[] {
	const stem = (fileNames[0] ?? '').normalize('NFC').replace(/\.gguf$/i, '');
	const plain = fileNames.length > 1 ? stem.replace(/-\d{5}-of-\d{5}$/, '') : stem;
	const safe = cutBytes(cleanText(plain.replace(/[^\p{L}\p{N}._-]+/gu, '-'), longestFileName), longestFileNameBytes)
		.replace(/^[.-]+|[.-]+$/g, '')
		.replace(/^(?=(con|prn|aux|nul|com\d|lpt\d)(\.|$))/i, 'model-');
	const name = `${safe || 'model'}${attempt > 1 ? `-${attempt}` : ''}`;
	if (fileNames.length === 1) return [`${name}.gguf`];
	const digits = (n: number) => String(n).padStart(5, '0');
	return fileNames.map((_, i) => `${name}-${digits(i + 1)}-of-${digits(fileNames.length)}.gguf`);
}

function cleanText(text: string, longest: number): string {
	const shown = text.replace(unshowable, ' ').replace(/\s+/g, ' ').trim();
	return [...shown].slice(0, longest).join('').trim();
}

/** Cuts a text to so many bytes of UTF-8, between letters. */
function cutBytes(text: string, most: number): string {
	let bytes = 0;
	const kept = [...text].filter((letter) => {
		bytes += Buffer.byteLength(letter);
		return bytes <= most;
	});
	return kept.join('');
}

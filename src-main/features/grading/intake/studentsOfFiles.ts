/** Whom a file is from, as far as its name tells. */
export interface FileOwner {
	/** As text, zeros in front included; empty where there is none. */
	number: string;
	name: string;
}

/** Moodle, mod/assign/locallib.php: the full name, the number of the participant and the plugin, in front of a file or as its folder. */
const moodle = /^(.+)_(\d+)_assignsubmission_(?:file|onlinetext)(?:_|$)/;
/** Canvas, app/models/content_zipper.rb: the name in small letters, whether it was late, the numbers of the user and of the submission. */
const canvas = /^(.+?)(?:_late)?_(\d+)_(\d{3,})_.+$/i;
/** Of a path, what tells stands at its end. */
const longestPath = 1000;
/** What a platform calls someone whose name it hides. */
const hidden = /^(participant|teilnehmer(?:\/in|_in)?|anonymous|anon)$/i;
/** What the system and Word put beside the files. */
const clutter = /^(\.|~\$|__MACOSX$|thumbs\.db$|desktop\.ini$)/i;

/** Tells whether a file is none that a person handed in. */
export function isClutter(fileName: string): boolean {
	return parts(fileName).some((part) => clutter.test(part));
}

/**
 * Tells from the names of files whom each is from, in their order; null for one whose name does not tell.
 *
 * Knows what Moodle and Canvas call the files and folders in what they give out, a number with a name in either order, and a folder for each
 * student. Names of folders count from where they differ.
 */
export function studentsOfFiles(fileNames: readonly string[]): (FileOwner | null)[] {
	const paths = fileNames.map(parts);
	const shared = sharedFolders(paths);
	const hasFolders = haveFolders(paths.map((path) => path.slice(shared)));
	return paths.map((path) => ownerByPlatform(path) ?? ownerByWords((hasFolders ? path[shared] : withoutExtension(path.at(-1) ?? '')) ?? ''));
}

function parts(fileName: string): string[] {
	return fileName
		.slice(-longestPath)
		.normalize('NFC')
		.split(/[\\/]/)
		.filter((part) => part !== '' && part !== '.');
}

function withoutExtension(name: string): string {
	return name.replace(/\.[\p{L}\d]{1,8}$/u, '');
}

/** How many folders all files lie in. */
function sharedFolders(paths: readonly string[][]): number {
	const [first = []] = paths;
	let shared = 0;
	while (shared < first.length - 1 && paths.every((path) => path.length - 1 > shared && path[shared] === first[shared])) shared++;
	return shared;
}

/**
 * Tells whether each student has a folder, rather than each class: every folder has one file or is called after a number, or files in
 * several folders are called the same.
 */
function haveFolders(paths: readonly string[][]): boolean {
	const filesIn = Map.groupBy(paths, (path) => (path.length > 1 ? (path[0] ?? '') : ''));
	if (filesIn.has('') || filesIn.size < 2) return false;
	const foldersOf = Map.groupBy(paths, (path) => path.at(-1));
	const isRepeated = [...foldersOf.values()].some((same) => new Set(same.map(([folder]) => folder)).size > 1);
	return isRepeated || [...filesIn].every(([folder, files]) => files.length === 1 || ownerByWords(folder)?.number);
}

function ownerByPlatform(path: readonly string[]): FileOwner | null {
	const inMoodle = path.map((part) => moodle.exec(part)).find((found) => found !== null);
	const [, name = '', number = ''] = inMoodle ?? canvas.exec(path.at(-1) ?? '') ?? [];
	return number === '' ? null : { number, name: hidden.test(name) ? '' : words(name) };
}

/** `0012 Ada`, `Ada_Lovelace_0012`, `0012` and `Ada Lovelace (2)`: the last is how systems call a second file of the same name. */
function ownerByWords(text: string): FileOwner | null {
	const plain = text.replace(/\s*(\(\d{1,2}\)|- ?(copy|kopie|副本))\s*$/i, '').trim();
	const [, leading = '', after = ''] = /^(\d[\d-]*)(?:[\s_.,-]+(.*))?$/s.exec(plain) ?? [];
	if (leading !== '') return { number: leading, name: words(after) };
	const [, before = '', trailing = ''] = /^(.*?)[\s_.,(-]+(\d{3,})\)?$/s.exec(plain) ?? [];
	if (trailing !== '') return { number: trailing, name: words(before) };
	const name = words(plain);
	return /\p{L}/u.test(name) ? { number: '', name } : null;
}

function words(text: string): string {
	return text.replaceAll(/[_\s]+/g, ' ').trim();
}

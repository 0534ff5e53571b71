import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type LinkedScreen, linkedScreens } from '#contract/linkedScreens.ts';

/** What a start of the program, or the system, asks to be opened. */
export type HandedOver = { kind: 'file'; path: string } | { kind: 'screen'; screen: LinkedScreen } | { kind: 'unknownLink' };

/** More files than this nobody opens at once. */
const mostFiles = 50;
const scheme = /^homeroom:/i;

/**
 * Reads what the arguments of a start name: files, as paths or as `file:` addresses, and a link.
 *
 * Anybody's page may hold a link, so one stands for itself: whatever else comes beside it is passed over.
 *
 * @param folder what relative paths are relative to.
 */
export function readHandedOver(args: readonly string[], folder: string): HandedOver[] {
	const link = args.find((arg) => scheme.test(arg));
	if (link !== undefined) return [readLink(link)];
	const { positionals } = parseArgs({
		...{ args: [...args], strict: false, allowPositionals: true },
		options: { data: { type: 'string' }, 'reset-password': { type: 'string' } },
	});
	return positionals
		.flatMap((arg) => readFilePath(arg, folder) ?? [])
		.slice(0, mostFiles)
		.map((file) => ({ kind: 'file', path: file }));
}

/** `homeroom://grading` and the like; what follows the name of the screen, such as a path or a query, makes it a link to nowhere. */
function readLink(link: string): HandedOver {
	const [, name = ''] = /^homeroom:(?:\/\/)?([a-z]{1,20})\/?$/i.exec(link.trim()) ?? [];
	const screen = name.toLowerCase();
	return isLinked(screen) ? { kind: 'screen', screen } : { kind: 'unknownLink' };
}

function isLinked(name: string): name is LinkedScreen {
	return Object.hasOwn(linkedScreens, name);
}

/** What has no ending is no file of ours, such as the program's own folder. */
function readFilePath(arg: string, folder: string): string | null {
	if (arg === '') return null;
	const file = /^file:/i.test(arg) ? pathOfAddress(arg) : path.resolve(folder, arg);
	return file === null || file.includes('\0') || path.extname(file).length < 2 ? null : file;
}

/** File managers of Linux hand addresses over. One of another machine is none of ours. */
function pathOfAddress(address: string): string | null {
	const url = URL.parse(address);
	if (url === null || url.host !== '') return null;
	try {
		return fileURLToPath(url);
	} catch {
		return null;
	}
}

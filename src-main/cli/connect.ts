import { lstatSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { lockDataFolder } from '../platform/database/lockDataFolder.ts';
import type { Paths } from '../platform/paths/paths.ts';
import { StartRefusal } from '../platform/paths/StartRefusal.ts';
import type { Access } from './ApiClient.ts';
import { Ended, exitCodes, usageError } from './exitCodes.ts';

/** How the app is started for one command, and closed after it. */
export interface OwnApp {
	/** `swapped`: restored data that was put in place by it, of which time. */
	open(): Promise<{ origin: string; key: string; swapped: { backedUpAt: number } | null; close(): Promise<void> }>;
}

const localFile = z.object({ origin: z.url(), key: z.string().startsWith('hr_'), certificate: z.string().nullable() });

/** What is named of a gateway by options and by the environment. */
export interface Wanted {
	url: string | undefined;
	key: string | undefined;
}

/**
 * Finds whom to ask: the gateway that is named, else that of the Homeroom which runs on this data folder, by the file that it keeps for this user
 * (LocalAccess.ts); where none runs, one of this process's own, which `close` ends. A key that is named says for whom it is done. Throws Ended.
 */
export async function connect(
	wanted: Wanted,
	paths: () => Paths,
	own: OwnApp,
	say: (sentence: string) => void,
): Promise<{ access: Access; close(): Promise<void> }> {
	const close = async () => {};
	if (wanted.url !== undefined) {
		if (!/^https?:$/.test(URL.parse(wanted.url)?.protocol ?? ''))
			throw usageError(`--url takes an address such as http://127.0.0.1:4610, not "${wanted.url}".`);
		if (wanted.key === undefined) throw noKey();
		return { access: { origin: wanted.url, key: wanted.key, certificate: null }, close };
	}
	const place = paths();
	if (isRunning(place.data)) {
		const { origin, key, certificate } = readLocal(place.localAccess);
		return { access: { origin, key: wanted.key ?? key, certificate }, close };
	}
	const { close: closeOwn, swapped, ...access } = await own.open();
	if (swapped)
		say(`Restored data of ${new Date(swapped.backedUpAt).toISOString()} has taken its place. What was there is kept: Settings → Backup puts it back.`);
	return { access: { ...access, key: wanted.key ?? access.key, certificate: null }, close: closeOwn };
}

/** Whether another process works on the data folder. Throws StartRefusal where it cannot be used at all. */
export function isRunning(folder: string): boolean {
	try {
		lockDataFolder(folder).release();
		return false;
	} catch (error) {
		if (error instanceof StartRefusal && error.reason === 'dataFolderInUse') return true;
		throw error;
	}
}

/** Reads what the running app keeps for this user. A file that others could have written or read is not believed. */
function readLocal(file: string): z.infer<typeof localFile> {
	const stats = lstatSync(file, { throwIfNoEntry: false });
	if (!stats) {
		throw new Ended(
			exitCodes.unreachable,
			'GATEWAY_OFF',
			'Homeroom is running, but its gateway is off. Switch it on under Admin → Gateway, or close Homeroom: then this command starts its own.',
		);
	}
	const isOthers = process.platform !== 'win32' && (!stats.isFile() || stats.uid !== process.getuid?.() || (stats.mode & 0o077) !== 0);
	const read = localFile.safeParse(isOthers ? null : parsed(readFileSync(file, 'utf8')));
	if (read.success) return read.data;
	const why = isOthers ? 'belongs to somebody else, or others may read it' : 'is not what Homeroom writes';
	throw new Ended(exitCodes.notAllowed, 'LOCAL_ACCESS_UNFIT', `The file ${file} ${why}, so it is not used. Switch the gateway off and on again.`);
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

function noKey(): Ended {
	return new Ended(
		exitCodes.notAllowed,
		'NOT_SIGNED_IN',
		'A gateway that is named by --url needs a key: set HOMEROOM_KEY, or --key. Keys are made in the app, under Account.',
	);
}

import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, constants, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Given } from './Command.ts';
import { diskEnded } from './diskEnded.ts';
import { Ended, exitCodes } from './exitCodes.ts';
import { OutputLines } from './OutputLines.ts';

/** As much as a request takes: 16 MiB. */
const longestFile = 16_777_216;

/** The bytes of a file, or of what is piped in (`-`). Throws Ended. */
export async function readInput(path: string, stdin: Readable): Promise<{ bytes: Buffer; name: string }> {
	if (path === '-') return { bytes: await readAll(stdin, 'what is piped in'), name: '' };
	try {
		// A device or a pipe does not say how much is in it.
		return { bytes: await readAll(createReadStream(path), path), name: basename(path) };
	} catch (error) {
		throw diskEnded(error, path);
	}
}

/** Where a result goes. */
export interface Output {
	path: string;
	/** Writes the file whole or not at all. Throws Ended. */
	write(bytes: string | Uint8Array): Promise<void>;
	/** Writes the file line by line, in place of `write`. Throws Ended. */
	lines(): Promise<OutputLines>;
}

/**
 * The file that `--out` names; undefined where none is named. Whether it can be written is found out now, so that no work is done, and paid for,
 * of which the result then has no place. Throws Ended.
 */
export async function readyOutput(given: Given): Promise<Output | undefined> {
	const path = given.text('out');
	if (path === undefined) return undefined;
	const replaces = given.is('force');
	await checkFree(path, replaces);
	await checkFolder(dirname(path));
	return {
		path,
		write: (bytes) => writeOutput(path, bytes, replaces),
		lines: () => OutputLines.begin(path, given.is('continue') ? 'continued' : replaces ? 'replaced' : 'refused'),
	};
}

/** Throws Ended where nothing can be written into this folder. */
export async function checkFolder(folder: string): Promise<void> {
	await access(folder, constants.W_OK).catch((error: unknown) => {
		const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
		throw isMissing ? new Ended(exitCodes.notFound, 'FILE_NOT_FOUND', `There is no such folder: ${folder}.`, { path: folder }) : diskEnded(error, folder);
	});
}

async function writeOutput(path: string, bytes: string | Uint8Array, replaces: boolean): Promise<void> {
	await checkFree(path, replaces);
	const part = join(dirname(path), `.${basename(path)}.${randomUUID()}.part`);
	try {
		const handle = await open(part, 'wx', 0o644);
		try {
			await handle.writeFile(bytes);
			await handle.sync();
		} finally {
			await handle.close();
		}
		await rename(part, path);
	} catch (error) {
		await rm(part, { force: true });
		throw diskEnded(error, path);
	}
}

/** Throws Ended where something is there that is not to be replaced. */
async function checkFree(path: string, replaces: boolean): Promise<void> {
	const stats = await stat(path).catch(() => null);
	if (stats?.isDirectory()) throw new Ended(exitCodes.failed, 'FILE_NOT_ALLOWED', `${path} is a folder.`, { path });
	if (stats && !replaces)
		throw new Ended(exitCodes.failed, 'FILE_EXISTS', `There is a file ${path} already. It was not touched; --force replaces it.`, { path });
}

async function readAll(source: Readable, what: string): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of source as AsyncIterable<Buffer>) {
		bytes += chunk.length;
		if (bytes > longestFile) throw tooLong(what);
		chunks.push(Buffer.from(chunk));
	}
	return Buffer.concat(chunks);
}

function tooLong(what: string): Ended {
	return new Ended(
		exitCodes.failed,
		'TOO_LARGE',
		`${what} is larger than 16 MiB, which is the most that can be sent. The screens of the app take larger ones, for instance Convert → Files.`,
	);
}

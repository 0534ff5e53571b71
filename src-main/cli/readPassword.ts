import { readFile } from 'node:fs/promises';
import type { Given } from './Command.ts';
import { Ended, exitCodes } from './exitCodes.ts';

/** The password of a backup, from where others on the machine do not see it; null where none is given. Throws Ended. */
export async function readPassword(given: Given, env: NodeJS.ProcessEnv): Promise<string | null> {
	const file = given.text('password-file');
	if (file === undefined) return env.HOMEROOM_BACKUP_PASSWORD ?? null;
	const text = await readFile(file, 'utf8').catch(() => {
		throw new Ended(exitCodes.notFound, 'FILE_NOT_FOUND', `The file ${file} cannot be read.`);
	});
	return text.split(/\r?\n/, 1)[0] ?? '';
}

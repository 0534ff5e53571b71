import { stat } from 'node:fs/promises';
import { dirname, extname, resolve } from 'node:path';
import type { Command } from '../Command.ts';
import { Ended, exitCodes, usageError } from '../exitCodes.ts';
import { checkFolder } from '../files.ts';
import { readPassword } from '../readPassword.ts';
import { sayUnrecorded } from '../sayUnrecorded.ts';
import { sizeOf } from '../sizeOf.ts';

export const backup: Command = {
	name: 'backup',
	words: 'FILE | FOLDER',
	summary: 'keeps all that the Homeroom of this machine holds in one file, also while it runs',
	options: {
		models: { help: 'with the models that lie in the data folder' },
		'password-file': { word: 'FILE', help: 'seals it with the first line of a file (or set HOMEROOM_BACKUP_PASSWORD)' },
		force: { help: 'replaces a file that is there' },
	},
	isOnFolder: true,
	async run({ words: [target, ...rest], given, terminal, signal, keep, env }) {
		if (target === undefined || rest.length > 0) throw usageError('Where to? Name a file or a folder.');
		const to = resolve(target);
		const stats = await stat(to).catch(() => null);
		if (!stats) await checkNewFile(to);
		if (stats?.isFile() && !given.is('force'))
			throw new Ended(exitCodes.failed, 'FILE_EXISTS', `There is a file ${to} already. It was not touched; --force replaces it.`, { path: to });
		const password = await readPassword(given, env);
		if (password !== null && password.length < 8) throw usageError('A password has at least 8 letters.');
		const wish = { to, isFolder: stats?.isDirectory() ?? false, withModels: given.is('models'), password };
		const done = await (await keep()).backUp(wish, { signal, onProgress: (fraction) => terminal.progress(fraction, to) });
		terminal.result({ file: done.to, bytes: done.sizeBytes, files: done.files }, `${done.to}: ${done.files} files, ${sizeOf(done.sizeBytes)}`);
		sayUnrecorded(terminal, done);
		if (password === null) terminal.say('Whoever can read this file can read everything in it.');
	},
};

/** Throws Ended where this is rather a folder that is not there, such as a stick that is not plugged in. */
async function checkNewFile(path: string): Promise<void> {
	if (!['.zip', '.homeroom'].includes(extname(path).toLowerCase())) {
		const message = `There is no such folder: ${path}. The name of a new file ends in .zip, or in .homeroom where it is sealed.`;
		throw new Ended(exitCodes.notFound, 'FILE_NOT_FOUND', message, { path });
	}
	await checkFolder(dirname(path));
}

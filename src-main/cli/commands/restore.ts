import { resolve } from 'node:path';
import type { Command } from '../Command.ts';
import { usageError } from '../exitCodes.ts';
import { readPassword } from '../readPassword.ts';
import { sayUnrecorded } from '../sayUnrecorded.ts';
import { sizeOf } from '../sizeOf.ts';

export const restore: Command = {
	name: 'restore',
	words: 'FILE',
	summary: 'checks a backup and unpacks it; the next start of Homeroom puts it in the place of what is there',
	options: {
		'password-file': { word: 'FILE', help: 'opens it with the first line of a file (or set HOMEROOM_BACKUP_PASSWORD)' },
		look: { help: 'only tells what is in it' },
	},
	isOnFolder: true,
	async run({ words: [file, ...rest], given, terminal, signal, keep, env }) {
		if (file === undefined || rest.length > 0) throw usageError('Which file?');
		const path = resolve(file);
		const password = await readPassword(given, env);
		const keeping = await keep();
		const summary = await keeping.look(path, password);
		const made = new Date(summary.createdAt).toISOString();
		const told = `${summary.files} files of ${made}, ${sizeOf(summary.sizeBytes)}, ${summary.withModels ? 'with' : 'without'} models`;
		if (given.is('look')) return terminal.result({ ...summary, created_at: made }, told);
		const done = await keeping.restore({ path, password }, { signal, onProgress: (fraction) => terminal.progress(fraction, path) });
		terminal.result({ file: path, ...summary, waiting: true }, told);
		sayUnrecorded(terminal, done);
		terminal.say('It is unpacked and checked. The next start of Homeroom puts it in place and keeps what is there now; everybody then signs in anew.');
	},
};

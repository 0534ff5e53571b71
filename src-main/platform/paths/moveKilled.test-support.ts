import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/* Run by MovedData.test.ts as a process of its own, which is killed before the change of the disk with the given number. Arguments: folder, number. */
const [folder = '', number = ''] = process.argv.slice(2);
let changes = 0;
for (const name of ['renameSync', 'writeFileSync', 'rmSync', 'mkdirSync', 'writeSync', 'utimesSync'] as const) {
	const real = fs[name] as (...args: unknown[]) => unknown;
	const counting = (...args: unknown[]) => {
		changes += 1;
		if (changes === Number(number)) process.kill(process.pid, 'SIGKILL');
		return real(...args);
	};
	Object.assign(fs, { [name]: counting });
}
syncBuiltinESMExports();
const { followMoved } = await import('./MovedData.ts');
followMoved(folder);

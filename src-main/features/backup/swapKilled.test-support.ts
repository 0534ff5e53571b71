import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/*
 * Run by RestoreFolder.test.ts as a process of its own: does something with the restore folder of a data folder and is killed, as by a power button,
 * before the change of the disk with the given number. Arguments: data folder, number, `swap` or `ready`.
 */
const [folder = '', number = '', act = ''] = process.argv.slice(2);
let changes = 0;
for (const name of ['renameSync', 'writeFileSync', 'rmSync', 'mkdirSync', 'rmdirSync'] as const) {
	const real = fs[name] as (...args: unknown[]) => unknown;
	const counting = (...args: unknown[]) => {
		changes += 1;
		if (changes === Number(number)) process.kill(process.pid, 'SIGKILL');
		return real(...args);
	};
	Object.assign(fs, { [name]: counting });
}
syncBuiltinESMExports();
const { RestoreFolder } = await import('./RestoreFolder.ts');
const restore = new RestoreFolder(folder);
if (act === 'swap') restore.swap();
else restore.markReady({ backedUpAt: 1, from: '/a.zip', withModels: true });
console.log(changes);

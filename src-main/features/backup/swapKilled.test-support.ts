import { killBeforeChange } from '../../platform/paths/killBeforeChange.test-support.ts';

/*
 * Run by RestoreFolder.test.ts as a process of its own: does something with the restore folder of a data folder and is killed before the change of
 * the disk with the given number. Arguments: data folder, number, `swap` or `ready`.
 */
const [folder = '', number = '', act = ''] = process.argv.slice(2);
const changes = killBeforeChange(Number(number), ['renameSync', 'writeFileSync', 'rmSync', 'mkdirSync', 'rmdirSync']);
const { RestoreFolder } = await import('./RestoreFolder.ts');
const restore = new RestoreFolder(folder);
if (act === 'swap') restore.swap();
else restore.markReady({ backedUpAt: 1, from: '/a.zip', withModels: true });
console.log(changes());

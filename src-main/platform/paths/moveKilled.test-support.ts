import { killBeforeChange } from './killBeforeChange.test-support.ts';

/* Run by MovedData.test.ts as a process of its own, which is killed before the change of the disk with the given number. Arguments: folder, number. */
const [folder = '', number = ''] = process.argv.slice(2);
killBeforeChange(Number(number), ['renameSync', 'writeFileSync', 'rmSync', 'mkdirSync', 'writeSync', 'utimesSync']);
const { followMoved } = await import('./MovedData.ts');
followMoved(folder);

import { writeBackup } from './writeBackup.ts';

/* Run by stageRestore.test.ts as a process of its own, which is killed while it writes. Arguments: data folder, database, target. */
const [dataFolder = '', database = '', to = ''] = process.argv.slice(2);
console.log('begun');
await writeBackup({ dataFolder, database, to, withModels: true, password: null, version: '0', createdAt: 1 });
console.log('done');

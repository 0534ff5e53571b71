import Database from 'better-sqlite3';
import pino from 'pino';
import { configureConnection } from './configureConnection.ts';
import { findPending, migrate } from './migrate.ts';

/*
 * Run by migrate.test.ts as a process of its own: migrates a database and is killed, as by a power button, before the statement
 * with the given number. Arguments: database file, migrations folder, number.
 */
const [file = '', folder = '', number = ''] = process.argv.slice(2);
const client = new Database(file);
configureConnection(client);
const pending = findPending(client, folder);
const exec = client.exec.bind(client);
let executed = 0;
client.exec = (source) => {
	executed += 1;
	if (executed === Number(number)) process.kill(process.pid, 'SIGKILL');
	return exec(source);
};
if (pending) migrate(client, pending, pino({ enabled: false }));

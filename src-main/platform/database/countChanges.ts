import type { Db } from './openDatabase.ts';

/**
 * Makes a function that tells how many rows were ever written over the app's one connection: while the number stays, every row is what
 * it was when it was read, and need not be read again. It costs less than a microsecond.
 *
 * Inside a transaction, whose changes may be taken back, it answers NaN, which equals nothing.
 */
export function countChanges(db: Db): () => number {
	const changes = db.$client.prepare<[], number>('SELECT total_changes()').pluck();
	return () => (db.$client.inTransaction ? Number.NaN : (changes.get() ?? Number.NaN));
}

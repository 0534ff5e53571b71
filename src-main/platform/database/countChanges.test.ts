import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { countChanges } from './countChanges.ts';
import { immediate } from './openDatabase.ts';
import { temporaryDatabase } from './temporaryDatabase.ts';

let database: ReturnType<typeof temporaryDatabase>;
beforeEach(() => {
	database = temporaryDatabase();
	database.db.run(sql`CREATE TABLE parent (id INTEGER PRIMARY KEY)`);
	database.db.run(sql`CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent(id) ON DELETE CASCADE)`);
});
afterEach(() => database.remove());

test('the number stays while rows are read, and moves with each row that is written or goes with another', () => {
	const { db } = database;
	const count = countChanges(db);
	const moves = (work: () => unknown) => {
		const before = count();
		work();
		return count() !== before;
	};
	expect({
		reading: moves(() => db.get(sql`SELECT * FROM parent`)),
		adding: moves(() => db.run(sql`INSERT INTO parent VALUES (1), (2)`)),
		'adding a child': moves(() => db.run(sql`INSERT INTO child VALUES (1, 1)`)),
		changing: moves(() => db.run(sql`UPDATE child SET id = 2`)),
		'changing nothing': moves(() => db.run(sql`UPDATE child SET id = 3 WHERE id = 9`)),
		'deleting with what belongs to it': moves(() => db.run(sql`DELETE FROM parent WHERE id = 1`)),
		'deleting all': moves(() => db.run(sql`DELETE FROM parent`)),
	}).toEqual({
		reading: false,
		adding: true,
		'adding a child': true,
		changing: true,
		'changing nothing': false,
		'deleting with what belongs to it': true,
		'deleting all': true,
	});
});

test('what is read inside a transaction is never taken for what is there', () => {
	const count = countChanges(database.db);
	const inside = immediate(database.db, () => [count(), count()]);
	expect(inside).toEqual([Number.NaN, Number.NaN]);
});

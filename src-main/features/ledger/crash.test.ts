import { spawn } from 'node:child_process';
import { closeSync, copyFileSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, truncateSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { immediate } from '../../platform/database/openDatabase.ts';
import { LedgerStage, openFile, order, used } from './openLedger.test-support.ts';

const soak = process.env.HOMEROOM_SOAK !== undefined;
const kills = soak ? 200 : 12;
const script = fileURLToPath(new URL('./crashingLedger.ts', import.meta.url));

/** Runs the work in a process that is killed `extraMs` after it has acknowledged so many acts; gives what it had acknowledged by then. */
async function workUntilKilled(file: string, run: number, { lines, extraMs }: { lines: number; extraMs: number }): Promise<string[]> {
	const child = spawn(process.execPath, [script, file, `r${run}`], { stdio: ['ignore', 'pipe', 'inherit'] });
	let printed = '';
	let isDying = false;
	child.stdout.on('data', (data: Buffer) => {
		printed += data.toString();
		// The first line says that it is ready.
		if (isDying || printed.split('\n').length - 1 <= lines) return;
		isDying = true;
		setTimeout(() => child.kill('SIGKILL'), extraMs);
	});
	const signal = await new Promise((resolve) => child.once('close', (_, by) => resolve(by)));
	expect(signal).toBe('SIGKILL');
	// A line that is not whole was not acknowledged.
	return printed.split('\n').slice(1, -1);
}

/** Looks for every acknowledged act in the books, and for the result of every charge. */
function verify(file: string, acknowledged: readonly string[]): void {
	const { db, close } = openFile(file);
	const client = db.$client;
	expect(client.pragma('integrity_check', { simple: true })).toBe('ok');
	expect(new LedgerStage(db).ledger.checkBooks()).toEqual([]);
	expect(client.prepare('select id from purse where holder_id is not null and balance < 0').all()).toEqual([]);
	const transferOf = client.prepare<[string], { tokens: number }>('select tokens from transfer where request_key = ?');
	const holdOf = client.prepare<[string], { charged: number; released: number; closed: number }>(
		'select charged, released, closed_at is not null closed from hold where id = ?',
	);
	for (const line of acknowledged) {
		const [act, key = '', ...numbers] = line.split(' ');
		const [first, second] = numbers.map(Number);
		if (act === 'settle') expect([line, holdOf.get(key)]).toEqual([line, { charged: first, released: second, closed: 1 }]);
		else expect([line, transferOf.get(act === 'reserve' ? `reserve:${key}` : key)]).toEqual([line, { tokens: first }]);
	}
	const unmatched = `select request_key, tokens from transfer where kind = 'charge' except select request_key, tokens from result`;
	const resultless = `select request_key, tokens from result except select request_key, tokens from transfer where kind = 'charge'`;
	expect([client.prepare(unmatched).all(), client.prepare(resultless).all()]).toEqual([[], []]);
	close();
}

test(`L1 after ${kills} kills at random points no acknowledged act is lost, each charge has its result, and the books balance`, {
	timeout: 3_600_000,
}, async () => {
	const folder = mkdtempSync(join(tmpdir(), 'homeroom-ledger-crash-'));
	const file = join(folder, 'homeroom.db');
	// One run of the property, so that fast-check prints its seed when it fails.
	const points = fc.array(fc.record({ lines: fc.integer({ min: 0, max: 120 }), extraMs: fc.integer({ min: 0, max: 12 }) }), {
		minLength: kills,
		maxLength: kills,
	});
	const acknowledged: string[] = [];
	await fc.assert(
		fc.asyncProperty(points, async (chosen) => {
			for (const [run, point] of chosen.entries()) {
				acknowledged.push(...(await workUntilKilled(file, run, point)));
				verify(file, acknowledged);
			}
		}),
		{ numRuns: 1, endOnFailure: true },
	);
	expect(acknowledged.length).toBeGreaterThan(kills * 20);

	// The next start gives back what dead work has set aside, and leaves what lives.
	const { db, close } = openFile(file);
	const stage = new LedgerStage(db);
	stage.ledger.recover(({ id }) => Number(id.at(-1)) % 2 === 0);
	const open = db.$client.prepare<[], { id: string }>('select id from hold where closed_at is null').all();
	expect(open.filter(({ id }) => Number(id.at(-1)) % 2 !== 0)).toEqual([]);
	expect(stage.ledger.checkBooks()).toEqual([]);
	close();
	rmSync(folder, { recursive: true });
});

const damages = soak ? 1000 : 60;
const steps = soak ? 1000 : 200;

/** Leaves a database whose last `steps` transactions are in its log alone, and tells how the purses were after each. */
function writeLog(folder: string): { file: string; after: [number, number][] } {
	const file = join(folder, 'whole.db');
	const { db, close } = openFile(file);
	const stage = new LedgerStage(db);
	db.$client.exec('create table step (n integer primary key)');
	const after: [number, number][] = [stage.purses('owner')];
	db.$client.pragma('wal_checkpoint(TRUNCATE)');
	db.$client.pragma('wal_autocheckpoint = 0');
	const keep = db.$client.prepare('insert into step values (?)');
	for (let n = 1; n <= steps; n++) {
		const hold = `h${n - (n % 3)}`;
		immediate(db, (tx) => {
			keep.run(n);
			if (n % 3 === 0) stage.ledger.reserve(order(hold, 100 + n, { accountId: 'owner' }), tx);
			else if (n > 3 && n % 3 === 1) stage.ledger.charge(hold, 'a', used(n % 50), tx);
			else if (n > 3) stage.ledger.settle(hold, used(n % 40), tx);
			else stage.ledger.topUp('owner', `request ${n}`, n);
		});
		after.push(stage.purses('owner'));
	}
	const image = join(folder, 'image.db');
	copyFileSync(file, image);
	copyFileSync(`${file}-wal`, `${image}-wal`);
	close();
	return { file: image, after };
}

test(`L2 a log of ${steps} transactions that is cut or damaged at ${damages} random places opens to a whole beginning of them`, { timeout: 3_600_000 }, () => {
	const folder = mkdtempSync(join(tmpdir(), 'homeroom-ledger-log-'));
	const { file, after } = writeLog(folder);
	const bytes = statSync(`${file}-wal`).size;
	const prefixes = new Set<number>();
	const damaged = join(folder, 'damaged.db');
	const damage = fc.record({ at: fc.integer({ min: 0, max: bytes - 1 }), flip: fc.option(fc.integer({ min: 1, max: 255 })) });
	fc.assert(
		fc.property(damage, ({ at, flip }) => {
			for (const part of ['-wal', '-shm']) rmSync(damaged + part, { force: true });
			copyFileSync(file, damaged);
			copyFileSync(`${file}-wal`, `${damaged}-wal`);
			if (flip === null) truncateSync(`${damaged}-wal`, at);
			else flipByte(`${damaged}-wal`, at, flip);
			const { db, close } = openFile(damaged);
			const kept = db.$client.prepare<[], { n: number }>('select n from step order by n').all();
			const last = kept.length;
			prefixes.add(last);
			expect(kept).toEqual(Array.from({ length: last }, (_, index) => ({ n: index + 1 })));
			const stage = new LedgerStage(db);
			expect([stage.ledger.checkBooks(), stage.purses('owner')]).toEqual([[], after[last]]);
			expect(db.$client.pragma('integrity_check', { simple: true })).toBe('ok');
			close();
		}),
		{ numRuns: damages },
	);
	expect(prefixes.size).toBeGreaterThan(damages / 4);
	rmSync(folder, { recursive: true });
});

function flipByte(file: string, at: number, bits: number): void {
	const byte = readFileSync(file).subarray(at, at + 1);
	const open = openSync(file, 'r+');
	writeSync(open, Buffer.from([(byte[0] ?? 0) ^ bits]), 0, 1, at);
	closeSync(open);
}

import { writeSync } from 'node:fs';
import pino from 'pino';
import { failure, isFailure } from '#contract/errors.ts';
import { immediate, openDatabase, type Tx } from '../../platform/database/openDatabase.ts';
import { migrationsFolder } from '../../platform/database/temporaryDatabase.ts';
import { Ledger } from './ledger.ts';

/*
 * Run by crash.test.ts as a process of its own, to be killed: does random work for eight users on the ledger in the database, with a
 * row of `result` for each charge, until it is killed. Prints a line for whatever was acknowledged. Of what an earlier run has left
 * behind, holds whose id ends with an even digit live on.
 */
const [file = '', run = ''] = process.argv.slice(2);
const log = pino({ enabled: false });
const { db } = openDatabase({ file, migrationsFolder, log });
db.$client.exec('create table if not exists result (request_key text primary key, tokens integer not null)');
const users = Array.from({ length: 8 }, (_, n) => ({ id: `u${n}`, name: `User ${n}`, role: n === 0 ? 'admin' : 'user' }) as const);
const ledger = new Ledger({
	db,
	log,
	people: { find: (accountId) => users.find(({ id }) => id === accountId) ?? null, list: () => [...users] },
	record: () => {},
});

const acknowledge = (...words: (string | number)[]) => writeSync(1, `${words.join(' ')}\n`);
const keep = db.$client.prepare('insert into result values (?, ?)');
const random = (below: number) => Math.floor(Math.random() * below);
/** The most that one act charges. */
const most = 40;
const usage = () => ({ promptTokens: random(20), completionTokens: 1 + random(20) });

ledger.recover(({ id }) => Number(id.at(-1)) % 2 === 0);
acknowledge('ready');
const open = new Set(users.flatMap(({ id }) => heldBy(id)));
for (let n = 0; ; n++) {
	try {
		step(n);
	} catch (error) {
		if (!isFailure(error, 'INSUFFICIENT_TOKENS')) throw error;
		ledger.topUp(users[random(users.length)]?.id ?? '', `after ${run}-${n}`, 500);
	}
}

function step(n: number): void {
	const holds = [...open];
	const hold = holds[random(holds.length)];
	if (hold === undefined || open.size < 6) reserve(`${run}-${n}`);
	else if ((ledger.hold(hold)?.left ?? 0) < most) [growOne, settleOne, releaseOne][random(3)]?.(hold, n);
	else [chargeOne, chargeOne, growOne, settleOne, failOne, releaseOne][random(6)]?.(hold, n);
}

function reserve(id: string): void {
	const { tokens } = ledger.reserve({
		...{ requestId: id, accountId: users[random(users.length)]?.id ?? '', task: 'chat', modelId: null, modelName: null, subjectId: null },
		...{ tokens: 100 + random(300), atLeast: 100 },
	});
	open.add(id);
	acknowledge('reserve', id, tokens);
}

function chargeOne(hold: string, n: number): void {
	const used = usage();
	// The hold may have been charged by an earlier run.
	const id = `${run}.${n}`;
	const tokens = immediate(db, (tx) => charge(hold, id, used, tx));
	acknowledge('charge', `charge:${hold}/${id}`, tokens);
}

function charge(hold: string, chargeId: string, used: ReturnType<typeof usage>, tx: Tx): number {
	const tokens = ledger.charge(hold, chargeId, used, tx);
	keep.run(`charge:${hold}/${chargeId}`, tokens);
	return tokens;
}

function growOne(hold: string, n: number): void {
	const id = `${run}.${n}`;
	ledger.grow(hold, id, 50);
	acknowledge('grow', `grow:${hold}/${id}`, 50);
}

function settleOne(hold: string): void {
	const used = (ledger.hold(hold)?.left ?? 0) < most ? null : usage();
	const { charged, released } = immediate(db, (tx) => {
		if (used) keep.run(`charge:${hold}/last`, used.promptTokens + used.completionTokens);
		return ledger.settle(hold, used, tx);
	});
	open.delete(hold);
	acknowledge('settle', hold, charged, released);
}

/** A result that cannot be stored after it was charged: neither is there. */
function failOne(hold: string, n: number): void {
	try {
		immediate(db, (tx) => {
			charge(hold, `lost ${n}`, usage(), tx);
			throw failure('NO_MODEL', {});
		});
	} catch (error) {
		if (!isFailure(error, 'NO_MODEL')) throw error;
	}
}

function releaseOne(hold: string): void {
	const { charged, released } = ledger.release(hold);
	open.delete(hold);
	acknowledge('settle', hold, charged, released);
}

function heldBy(accountId: string): string[] {
	const rows = db.$client.prepare<[string], { id: string }>('select id from hold where holder_id = ? and closed_at is null').all(accountId);
	return rows.map(({ id }) => id);
}

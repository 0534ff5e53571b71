import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import pino from 'pino';
import { Ledger } from '../src-main/features/ledger/ledger.ts';
import { configureConnection } from '../src-main/platform/database/configureConnection.ts';
import { immediate, openDatabase } from '../src-main/platform/database/openDatabase.ts';
import { migrationsFolder } from '../src-main/platform/database/temporaryDatabase.ts';
import { median } from './median.ts';
import type { Report } from './run.ts';

const rounds = 14;
const pairsPerRound = 400;
const warmRounds = 2;
const leastRatio = 0.8;
const users = 1000;
/** A reservation, its charge and what goes back are two entries each. */
const pairsOfUser = Math.ceil(1_000_000 / 6 / users);
const reads = 300;
const balanceLimitMs = 1;
const statementLimitMs = 50;
const dayMs = 24 * 60 * 60 * 1000;
const [reserved, promptTokens, completionTokens] = [1000, 100, 200];

/**
 * Reservations and settlements on a file database with synchronous=FULL, beside bare better-sqlite3 that commits as many transactions;
 * then reads from books of a million entries.
 */
export async function run(report: Report): Promise<void> {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'homeroom-ledger-'));
	try {
		measurePairs(report, folder);
		measureReads(report, folder);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function measurePairs(report: Report, folder: string): void {
	const app = openLedger(path.join(folder, 'app.db'), ['ann']);
	app.ledger.topUp('ann', 'the bench begins', 1_000_000_000);
	const sides = {
		app: (id: string) => payOne(app, 'ann', id),
		same: openSameRows(path.join(folder, 'same.db')),
		one: openOneRow(path.join(folder, 'one.db')),
	};
	const times: Record<keyof typeof sides, number[]> = { app: [], same: [], one: [] };
	const names = ['app', 'same', 'one'] as const;
	for (let round = 0; round < rounds; round++) {
		// Each is first, in the middle and last in turn.
		for (const name of [...names.slice(round % 3), ...names.slice(0, round % 3)]) {
			const from = performance.now();
			for (let pair = 0; pair < pairsPerRound; pair++) sides[name](`${round}-${pair}`);
			times[name].push(performance.now() - from);
		}
	}
	app.close();
	const perSecond = (name: keyof typeof sides) => pairsPerRound / (median(times[name].slice(warmRounds)) / 1000);
	const ratio = perSecond('app') / perSecond('same');
	report({
		metric: 'reserve and settle, pairs (baseline: bare better-sqlite3, two transactions that write the same rows)',
		value: Math.round(perSecond('app')),
		unit: 'pairs/s',
		baseline: Math.round(perSecond('same')),
		ratio,
		limit: leastRatio,
		pass: ratio >= leastRatio,
	});
	report({ metric: 'the least that two transactions take: one row each', value: Math.round(perSecond('one')), unit: 'pairs/s' });
}

function measureReads(report: Report, folder: string): void {
	const ids = Array.from({ length: users }, (_, n) => `user-${n}`);
	const book = openLedger(path.join(folder, 'book.db'), ids);
	const end = Date.now();
	const monthBegin = new Date(end).setDate(1);
	immediate(book.db, () => {
		for (const id of ids) book.ledger.topUp(id, `begin ${id}`, 1_000_000);
		for (let pair = 0; pair < pairsOfUser; pair++) {
			// All in one month, the worst that a month's statement can meet.
			book.clock.now = monthBegin + Math.floor(((end - monthBegin) * pair) / pairsOfUser);
			for (const id of ids) payOne(book, id, `${id}-${pair}`);
		}
	});
	book.clock.now = end;
	const entries = book.db.$client.prepare<[], { n: number }>('select count(*) n from entry').get()?.n ?? 0;
	report({ metric: `entries of ${users} accounts`, value: entries, unit: 'entries', limit: 1_000_000, pass: entries >= 1_000_000 });
	const timed = (read: (accountId: string) => void) => {
		const times = Array.from({ length: reads }, (_, n) => {
			const from = performance.now();
			read(ids[(n * 379) % users] ?? '');
			return performance.now() - from;
		});
		return median(times);
	};
	const balanceMs = timed((accountId) => book.ledger.balance(accountId));
	report({ metric: 'a balance, median', value: balanceMs, unit: 'ms', limit: balanceLimitMs, pass: balanceMs < balanceLimitMs });
	const month = { from: end - 31 * dayMs, until: end + 1, task: null, modelId: null, kind: null, cursor: null, limit: 500 };
	const statementMs = timed((accountId) => book.ledger.statement(accountId, month));
	const lines = book.ledger.statement(ids[0] ?? '', month).lines.length;
	report({
		metric: `a month's statement of ${lines} lines, median`,
		value: statementMs,
		unit: 'ms',
		limit: statementLimitMs,
		pass: statementMs < statementLimitMs,
	});
	const from = performance.now();
	book.ledger.recover(() => true);
	report({ metric: 'the check at a start', value: performance.now() - from, unit: 'ms' });
	const faults = book.ledger.checkBooks().length;
	report({ metric: 'faults in the whole books', value: faults, unit: 'faults', limit: 0, pass: faults === 0 });
	book.close();
}

function openLedger(file: string, ids: readonly string[]) {
	const log = pino({ enabled: false });
	const { db, close } = openDatabase({ file, migrationsFolder, log });
	const clock = { now: Date.now() };
	const people = new Map(ids.map((id) => [id, { id, name: id, role: 'user' as const }]));
	const find = (accountId: string) => people.get(accountId) ?? null;
	const ledger = new Ledger({ db, log, now: () => clock.now, people: { find, list: () => [...people.values()] }, record: () => {} });
	return { db, ledger, clock, close };
}

function payOne({ db, ledger }: ReturnType<typeof openLedger>, accountId: string, requestId: string): void {
	ledger.reserve({ requestId, accountId, task: 'chat', modelId: 'm1', modelName: 'Model', subjectId: null, tokens: reserved });
	immediate(db, (tx) => ledger.settle(requestId, { promptTokens, completionTokens }, tx));
}

/** What the ledger writes for one pair, by statements alone: nothing is looked up, checked or told. */
function openSameRows(file: string): (id: string) => void {
	const made = openLedger(file, ['ann']);
	made.ledger.topUp('ann', 'the bench begins', 1_000_000_000);
	made.close();
	const client = new Database(file);
	configureConnection(client);
	const hold = client.prepare(
		`insert into hold (id, holder_id, task, model_id, model_name, subject_id, price_id, source, asked, asked_at_least, reserved, opened_at)
		values (?, 'ann', 'chat', 'm1', 'Model', null, 1, 'available', ?, ?, ?, ?)`,
	);
	const transfer = client.prepare(
		`insert into transfer (request_key, kind, holder_id, hold_id, price_id, tokens, prompt_tokens, completion_tokens, at)
		values (?, ?, 'ann', ?, ?, ?, ?, ?, ?)`,
	);
	const entries = client.prepare('insert into entry (transfer_id, purse_id, tokens) values (?, ?, ?), (?, ?, ?)');
	const closing = client.prepare(
		'update hold set charged = ?, released = ?, charges = 1, prompt_tokens = ?, completion_tokens = ?, closed_at = ? where id = ?',
	);
	const move = (key: string, kind: string, id: string, tokens: number, from: string, to: string) => {
		const isCharge = kind === 'charge';
		const values = [isCharge ? 1 : null, tokens, isCharge ? promptTokens : 0, isCharge ? completionTokens : 0, Date.now()];
		const { lastInsertRowid } = transfer.run(`${kind}:${id}${key}`, kind, id, ...values);
		entries.run(lastInsertRowid, from, -tokens, lastInsertRowid, to, tokens);
	};
	const used = promptTokens + completionTokens;
	const reserve = client.transaction((id: string) => {
		hold.run(id, reserved, reserved, reserved, Date.now());
		move('', 'reserve', id, reserved, 'available:ann', 'reserved:ann');
	});
	const settle = client.transaction((id: string) => {
		move('/last', 'charge', id, used, 'reserved:ann', 'spent:ann');
		move('', 'release', id, reserved - used, 'reserved:ann', 'available:ann');
		closing.run(used, reserved - used, promptTokens, completionTokens, Date.now(), id);
	});
	return (id) => {
		reserve.immediate(id);
		settle.immediate(id);
	};
}

function openOneRow(file: string): (id: string) => void {
	const client = new Database(file);
	configureConnection(client);
	client.exec('create table row (id text, tokens integer)');
	const add = client.prepare('insert into row values (?, ?)');
	const commit = client.transaction((id: string) => add.run(id, reserved));
	return (id) => {
		commit.immediate(id);
		commit.immediate(id);
	};
}

import Database from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { isFailure } from '#contract/errors.ts';
import { type Db, immediate, type OpenedDatabase } from '../../platform/database/openDatabase.ts';
import { DatabaseCopies, dayMs, LedgerStage, openFile, order, used } from './openLedger.test-support.ts';

const copies = new DatabaseCopies();
afterAll(() => copies.remove());

/** The life of a hold, and all that an administrator does: every statement that writes is in one of these. */
const acts: ((stage: LedgerStage) => unknown)[] = [
	({ ledger }) => ledger.balance('ann'),
	({ ledger }) => ledger.reserve(order('work', 500, { atLeast: 100 })),
	({ ledger }) => ledger.grow('work', 'more', 100),
	({ ledger, db }) => immediate(db, (tx) => ledger.charge('work', 'a', used(50), tx)),
	({ ledger, db }) => immediate(db, (tx) => ledger.settle('work', used(60), tx)),
	({ ledger }) => ledger.topUp('ann', 'request 1', -30),
	({ ledger }) => ledger.setAllowance('ann', { isMetered: true, allowance: { tokens: 2000, period: 'day' } }),
	({ ledger }) => ledger.setPrice({ task: 'chat', perMille: 1500, surcharge: 1 }),
	({ ledger }) => ledger.reserve(order('dead', 70)),
	({ ledger }) => ledger.recover(() => false),
	({ ledger, clock }) => {
		clock.now += dayMs;
		return ledger.balance('ann').available;
	},
];

/** All that is written, to compare. */
function contentOf(db: Db): unknown[] {
	const tables = ['purse', 'transfer', 'entry', 'hold', 'price', 'meter'];
	return tables.map((table) => db.$client.prepare(`select * from ${table}`).all());
}

/**
 * Opens a ledger of which the statement that is the `at`-th to be run fails as SQLite does with `code`; `ran` tells how many were.
 * The fault lies below what the app has put around statements; what a test looks at afterwards does not count.
 */
function openFaulty(at: number, code: string) {
	let [isPreparing, ran] = [false, 0];
	const { prepare } = Database.prototype;
	const pass = () => {
		if (++ran === at) throw new Database.SqliteError('injected', code);
	};
	Database.prototype.prepare = function (this: Database.Database, sql: string) {
		const statement = prepare.call(this, sql);
		if (!isPreparing) return statement;
		for (const name of ['run', 'get', 'all'] as const) {
			// The three differ in what they give alone.
			const whole = statement[name] as (...values: unknown[]) => unknown;
			const faulty = (...values: unknown[]) => {
				pass();
				return whole.apply(statement, values);
			};
			Object.assign(statement, { [name]: faulty });
		}
		return statement;
		// `prepare` is generic in what the caller expects back; the statement itself is the one it would have got.
	} as typeof prepare;
	const opened = copies.next();
	Database.prototype.prepare = prepare;
	isPreparing = true;
	const stage = new LedgerStage(opened.db);
	isPreparing = false;
	return { opened, stage, ran: () => ran };
}

/** Does all acts, each once more where it fails; gives how often that was, and by which codes. */
function doAll(stage: LedgerStage): string[] {
	const codes: string[] = [];
	for (const act of acts) {
		const before = contentOf(stage.db);
		const { now } = stage.clock;
		try {
			act(stage);
		} catch (error) {
			codes.push(isFailure(error) ? `${error.code} ${'reason' in error.data ? error.data.reason : ''}`.trim() : String(error));
			expect([contentOf(stage.db), stage.db.$client.inTransaction]).toEqual([before, false]);
			stage.clock.now = now;
			act(stage);
		}
	}
	expect(stage.ledger.checkBooks()).toEqual([]);
	return codes;
}

/** By default the three share the statements between them; in a soak each of them fails every one. */
const step = process.env.HOMEROOM_SOAK ? 1 : 3;
test.each([
	['SQLITE_FULL', 'DISK_FULL', 1],
	['SQLITE_IOERR_WRITE', 'DISK_FAILED io', 2],
	['SQLITE_BUSY', 'DISK_FAILED busy', 3],
])('L10 %s at each statement in turn fails the act whole with %s, and done once more it is as if nothing had been', (code, expected, first) => {
	const undisturbed = copies.next();
	doAll(new LedgerStage(undisturbed.db));
	const whole = contentOf(undisturbed.db);
	undisturbed.remove();
	let failed = 0;
	for (let at = step === 1 ? 1 : first; ; at += step) {
		const { opened, stage, ran } = openFaulty(at, code);
		const codes = doAll(stage);
		expect([at, contentOf(opened.db)]).toEqual([at, whole]);
		const isOver = ran() < at;
		opened.remove();
		if (isOver) break;
		expect([at, codes]).toEqual([at, [expected]]);
		failed += 1;
	}
	expect(failed).toBeGreaterThan(60 / step);
});

/** Works with a real fault until it shows, and once more without it. */
function tryReal(opened: OpenedDatabase, fault: () => void, mend: () => void): unknown {
	const stage = new LedgerStage(opened.db);
	fault();
	for (let n = 0; ; n++) {
		const before = contentOf(opened.db);
		try {
			stage.ledger.reserve(order(`work ${n}`, 1, { accountId: 'owner' }));
		} catch (error) {
			expect(contentOf(opened.db)).toEqual(before);
			mend();
			stage.ledger.reserve(order(`work ${n}`, 1, { accountId: 'owner' }));
			expect(stage.ledger.checkBooks()).toEqual([]);
			return error;
		}
	}
}

test('L10 a disk that is really full, and a database that another program really holds, fail a reservation whole', () => {
	const opened = copies.next();
	const client = opened.db.$client;
	const full = () => void client.pragma(`max_page_count = ${client.pragma('page_count', { simple: true })}`);
	expect(tryReal(opened, full, () => void client.pragma('max_page_count = 1000000'))).toMatchObject({ code: 'DISK_FULL' });
	const other = openFile(opened.file).db.$client;
	client.pragma('busy_timeout = 0');
	const held = tryReal(
		opened,
		() => other.exec('BEGIN IMMEDIATE'),
		() => other.exec('ROLLBACK'),
	);
	expect(held).toMatchObject({ code: 'DISK_FAILED', data: { reason: 'busy' } });
	other.close();
	opened.remove();
});

import { expect, test } from 'vitest';
import type { StatementFilter } from '#contract/ledger.ts';
import { immediate } from '../../platform/database/openDatabase.ts';
import { temporaryDatabase } from '../../platform/database/temporaryDatabase.ts';
import { dayMs, LedgerStage, noon, order, used } from './openLedger.test-support.ts';

test('the first page of a statement tells what all lines of its filter did together, however few it holds', () => {
	const database = temporaryDatabase();
	try {
		const { ledger, clock, db } = new LedgerStage(database.db);
		const work = (requestId: string, tokens: number, more: Partial<Parameters<typeof order>[2]> = {}) => {
			ledger.reserve(order(requestId, tokens, more));
			immediate(db, (tx) => ledger.settle(requestId, used(tokens), tx));
		};
		ledger.balance('ann');
		work('early', 100);
		clock.now = noon + dayMs;
		ledger.topUp('ann', 'request-1', 500);
		ledger.topUp('ann', 'request-2', -200);
		work('late', 30);
		work('other', 7, { modelId: 'm2', modelName: 'Other' });
		ledger.reserve(order('open', 50));
		ledger.setAllowance('ann', { isMetered: false, allowance: null });
		work('unmetered', 700);
		ledger.setAllowance('ann', { isMetered: true, allowance: null });

		const all: StatementFilter = { from: null, until: null, task: null, modelId: null, kind: null };
		const page = (filter: Partial<StatementFilter>, cursor: string | null = null) => ledger.statement('ann', { ...all, ...filter, cursor, limit: 1 });
		const first = page({});
		expect({
			all: first.sums,
			second: page({}, first.cursor).sums,
			late: page({ from: noon + 1 }).sums,
			grants: page({ kind: 'grants' }).sums,
			work: page({ kind: 'work' }).sums,
			model: page({ modelId: 'm2' }).sums,
			nothing: page({ task: 'subtitles' }).sums,
			balance: ledger.balance('ann').available + ledger.balance('ann').reserved,
		}).toEqual({
			all: { granted: 1300, used: 137, usedUnmetered: 700 },
			second: null,
			late: { granted: 300, used: 37, usedUnmetered: 700 },
			grants: { granted: 1300, used: 0, usedUnmetered: 0 },
			work: { granted: 0, used: 137, usedUnmetered: 700 },
			model: { granted: 0, used: 7, usedUnmetered: 0 },
			nothing: { granted: 0, used: 0, usedUnmetered: 0 },
			balance: 1300 - 137,
		});
	} finally {
		database.remove();
	}
});

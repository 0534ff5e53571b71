import type { AuditRecord } from '../../platform/rpc/guard.ts';

const quietMs = 60_000;

/**
 * Keeps one account from filling the audit log, and its disk, with refusals: of those for the same act and with the same code one a
 * minute passes, which tells as `repeats` how many did not since the one before. What was done always passes.
 */
export class RepeatedRefusals {
	readonly #now: () => number;
	/** By account, act and code. */
	readonly #last = new Map<string, { at: number; repeats: number }>();

	constructor(now: () => number) {
		this.#now = now;
	}

	/** What to write down of a record; null: nothing. */
	pass(record: AuditRecord): AuditRecord | null {
		if (record.result === 'ok') return record;
		const key = `${record.accountId} ${record.act} ${record.result}`;
		const last = this.#last.get(key);
		const at = this.#now();
		// A clock that was set back holds nothing up.
		if (last && at >= last.at && at < last.at + quietMs) {
			last.repeats += 1;
			return null;
		}
		this.#last.set(key, { at, repeats: 0 });
		return last?.repeats ? { ...record, detail: [record.detail, `repeats=${last.repeats}`].filter(Boolean).join(' ') } : record;
	}
}

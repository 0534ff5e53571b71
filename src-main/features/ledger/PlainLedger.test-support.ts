import type { Allowance, Task } from '#contract/ledger.ts';

type Period = Allowance['period'];

/** One act, with the small ids that a test draws. */
export type Act =
	| { kind: 'look'; account: string }
	| { kind: 'topUp'; account: string; id: string; tokens: number }
	| { kind: 'setAllowance'; account: string; isMetered: boolean; allowance: Allowance | null }
	| { kind: 'reserve'; account: string; hold: string; task: Task; tokens: number; atLeast: number }
	| { kind: 'grow'; hold: string; id: string; tokens: number }
	| { kind: 'charge'; hold: string; id: string; used: number }
	| { kind: 'settle'; hold: string; used: number | null }
	| { kind: 'setPrice'; task: Task; perMille: number; surcharge: number }
	| { kind: 'clock'; ms: number }
	| { kind: 'restart' };

/** What an act is answered with: a value, or how it was refused. */
export type Answer = { value: unknown } | { refused: string };

interface PlainAccount {
	isMetered: boolean;
	allowance: Allowance | null;
	available: number;
	reserved: number;
	spent: number;
	filled: Record<Period, string[]>;
}

interface PlainHold {
	account: string;
	task: Task;
	asked: number;
	atLeast: number;
	first: number;
	/** The account's own tokens, and not those of the issue. */
	own: boolean;
	perMille: number;
	surcharge: number;
	left: number;
	charged: number;
	released: number;
	isOpen: boolean;
	charges: Record<string, { used: number; tokens: number }>;
	grown: Record<string, number>;
}

class Refused extends Error {}
const refuse = (code: string): never => {
	throw new Refused(code);
};

/** Whether a period begins on this day. */
function isFirst(period: Period, day: Date): boolean {
	return period === 'day' || (period === 'week' ? day.getDay() === 1 : day.getDate() === 1);
}

/**
 * What the ledger promises, in plain objects and numbers: written without a look at how the ledger does it. `step` does one act; one
 * that is refused changes nothing.
 */
export class PlainLedger {
	accounts: Record<string, PlainAccount> = {};
	holds: Record<string, PlainHold> = {};
	topUps: Record<string, { account: string; tokens: number }> = {};
	prices: Record<Task, { perMille: number; surcharge: number }> = {
		chat: { perMille: 1000, surcharge: 0 },
		convert: { perMille: 1200, surcharge: 5 },
		grading: { perMille: 2000, surcharge: 20 },
		subtitles: { perMille: 3000, surcharge: 50 },
	};
	now: number;
	readonly #admins: ReadonlySet<string>;

	constructor(now: number, admins: readonly string[]) {
		this.now = now;
		this.#admins = new Set(admins);
	}

	step(act: Act): Answer {
		const { accounts, holds, topUps, prices } = this;
		const before = structuredClone({ accounts, holds, topUps, prices });
		try {
			return { value: this.#do(act) };
		} catch (error) {
			if (!(error instanceof Refused)) throw error;
			Object.assign(this, before);
			return { refused: error.message };
		}
	}

	#do(act: Act): unknown {
		switch (act.kind) {
			case 'look':
				return this.#look(act.account);
			case 'topUp':
				return this.#topUp(act);
			case 'setAllowance': {
				const account = this.#touch(act.account);
				account.isMetered = act.isMetered;
				account.allowance = act.allowance;
				return this.#look(act.account);
			}
			case 'reserve':
				return this.#reserve(act);
			case 'grow':
				return this.#grow(act);
			case 'charge':
				return this.#charge(act);
			case 'settle':
				return this.#settle(act);
			case 'setPrice':
				this.prices[act.task] = { perMille: act.perMille, surcharge: act.surcharge };
				return null;
			case 'clock':
				this.now += act.ms;
				return null;
			case 'restart':
				return null;
		}
	}

	#look(id: string): [number, number] {
		const { available, reserved } = this.#touch(id);
		return [available, reserved];
	}

	#touch(id: string): PlainAccount {
		const fresh = { isMetered: !this.#admins.has(id), allowance: null, available: 1000, reserved: 0, spent: 0, filled: { day: [], week: [], month: [] } };
		this.accounts[id] ??= fresh;
		const account = this.accounts[id];
		const { allowance } = account;
		if (allowance === null) return account;
		const { period } = allowance;
		const begin = this.#begin(period);
		const near = [begin, this.#after(period, begin), this.#after(period, this.#after(period, begin))];
		if (!near.some((date) => account.filled[period].includes(date))) {
			account.filled[period].push(begin);
			const own = Object.values(this.holds).filter((hold) => hold.account === id && hold.own);
			const ownLeft = own.reduce((sum, { left }) => sum + left, 0);
			account.available = Math.max(account.available, allowance.tokens - ownLeft);
		}
		return account;
	}

	/** The date on which the period after the one that began on `date` begins: walks on until it finds it. */
	#after(period: Period, date: string): string {
		const day = new Date(`${date}T12:00`);
		do day.setDate(day.getDate() + 1);
		while (!isFirst(period, day));
		return day.toLocaleDateString('sv');
	}

	/** The date on which the present period began: walks back from today until it finds it. */
	#begin(period: Period): string {
		const day = new Date(this.now);
		day.setHours(12, 0, 0, 0);
		while (!isFirst(period, day)) day.setDate(day.getDate() - 1);
		return day.toLocaleDateString('sv');
	}

	#topUp({ account, id, tokens }: Extract<Act, { kind: 'topUp' }>): [number, number] {
		const before = this.topUps[id];
		if (before && (before.account !== account || before.tokens !== tokens)) refuse('IDEMPOTENCY_MISMATCH');
		if (!before) {
			const holder = this.#touch(account);
			if (holder.available + tokens < 0) refuse('INSUFFICIENT_TOKENS');
			holder.available += tokens;
			this.topUps[id] = { account, tokens };
		}
		return this.#look(account);
	}

	#reserve({ account, hold, task, tokens, atLeast }: Extract<Act, { kind: 'reserve' }>): number {
		const before = this.holds[hold];
		if (before) {
			const isSame = before.account === account && before.task === task && before.asked === tokens && before.atLeast === atLeast;
			return isSame ? before.first : refuse('IDEMPOTENCY_MISMATCH');
		}
		const holder = this.#touch(account);
		const first = holder.isMetered && holder.available < tokens ? holder.available : tokens;
		if (first < atLeast) refuse('INSUFFICIENT_TOKENS');
		if (holder.isMetered) holder.available -= first;
		holder.reserved += first;
		const ends = { left: first, charged: 0, released: 0, isOpen: true, charges: {}, grown: {} };
		this.holds[hold] = { account, task, asked: tokens, atLeast, first, own: holder.isMetered, ...this.prices[task], ...ends };
		return first;
	}

	#openHold(hold: string): PlainHold {
		const found = this.holds[hold];
		return found?.isOpen ? found : refuse('bug');
	}

	#grow({ hold, id, tokens }: Extract<Act, { kind: 'grow' }>): null {
		const before = this.holds[hold]?.grown[id];
		if (before !== undefined) return before === tokens ? null : refuse('IDEMPOTENCY_MISMATCH');
		const found = this.#openHold(hold);
		const holder = this.#touch(found.account);
		if (!found.own && holder.isMetered) refuse('INSUFFICIENT_TOKENS');
		if (found.own && holder.available < tokens) refuse('INSUFFICIENT_TOKENS');
		if (found.own) holder.available -= tokens;
		holder.reserved += tokens;
		found.left += tokens;
		found.grown[id] = tokens;
		return null;
	}

	#charge({ hold, id, used }: Extract<Act, { kind: 'charge' }>): number {
		const before = this.holds[hold]?.charges[id];
		if (before !== undefined) return before.used === used ? before.tokens : refuse('IDEMPOTENCY_MISMATCH');
		const found = this.#openHold(hold);
		return used === 0 ? 0 : this.#take(found, id, used);
	}

	#take(found: PlainHold, id: string, used: number): number {
		const holder = this.accounts[found.account] ?? refuse('bug');
		const tokens = Math.ceil((used * found.perMille) / 1000) + found.surcharge;
		if (tokens > found.left) refuse('bug');
		found.left -= tokens;
		found.charged += tokens;
		found.charges[id] = { used, tokens };
		holder.reserved -= tokens;
		holder.spent += tokens;
		return tokens;
	}

	#settle({ hold, used }: Extract<Act, { kind: 'settle' }>): [number, number] {
		const found = this.holds[hold] ?? refuse('bug');
		const last = found.charges.last;
		if (!found.isOpen && used !== null && last && last.used !== used) refuse('IDEMPOTENCY_MISMATCH');
		if (found.isOpen) {
			if (used) this.#take(found, 'last', used);
			const holder = this.accounts[found.account] ?? refuse('bug');
			holder.reserved -= found.left;
			if (found.own) holder.available += found.left;
			found.released = found.left;
			found.left = 0;
			found.isOpen = false;
		}
		return [found.charged, found.released];
	}
}

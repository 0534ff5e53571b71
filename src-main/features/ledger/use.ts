import type { Account } from '#contract/accounts.ts';
import type { Use } from '#contract/ledger.ts';
import { writeCsv } from '../../platform/csv/writeCsv.ts';
import type { Db } from '../../platform/database/openDatabase.ts';

/** From this instant until before that one. */
export interface Span {
	from: number;
	until: number;
}

type Row = Use & { accountId: string };

/** What was used by whom, with what and for what, from all that was charged. */
export class Uses {
	readonly #rows;

	constructor(client: Db['$client']) {
		this.#rows = client.prepare<[number, number], Row>(
			`select transfer.holder_id accountId, model_id modelId, max(model_name) modelName, task, date(at / 1000, 'unixepoch', 'localtime') day,
				sum(tokens) tokens, sum(transfer.prompt_tokens) promptTokens, sum(transfer.completion_tokens) completionTokens, count(*) requests
			from transfer join hold on hold.id = hold_id
			where kind = 'charge' and at >= ? and at < ?
			group by 1, 2, 4, 5 order by day desc, tokens desc, accountId, modelId, task`,
		);
	}

	/** The use of each account that `find` knows, and of all others together: they were deleted. Newest day first. */
	list({ from, until }: Span, find: (accountId: string) => Account | null): Use[] {
		const joined = new Map<string, Use>();
		for (const row of this.#rows.all(from, until)) {
			const accountId = find(row.accountId) ? row.accountId : null;
			const key = JSON.stringify([accountId, row.modelId, row.task, row.day]);
			const before = joined.get(key);
			joined.set(key, before ? add(before, row) : { ...row, accountId });
		}
		return [...joined.values()];
	}

	/** The same as a table for spreadsheets, with the names of the accounts. */
	export(span: Span, find: (accountId: string) => Account | null): { fileName: string; text: string } {
		const header = ['day', 'account', 'task', 'model', 'tokens', 'requests', 'prompt_tokens', 'completion_tokens', 'account_id', 'model_id'];
		const rows = this.list(span, find).map((use) => [
			...[use.day, use.accountId === null ? null : (find(use.accountId)?.name ?? null), use.task, use.modelName, use.tokens, use.requests],
			...[use.promptTokens, use.completionTokens, use.accountId, use.modelId],
		]);
		return { fileName: 'Token use.csv', text: writeCsv(header, rows) };
	}
}

function add(a: Use, b: Use): Use {
	return {
		...a,
		tokens: a.tokens + b.tokens,
		promptTokens: a.promptTokens + b.promptTokens,
		completionTokens: a.completionTokens + b.completionTokens,
		requests: a.requests + b.requests,
	};
}

import type { Db } from '../../platform/database/openDatabase.ts';

/** What must be so of the books at any time, each as a query for what it is not so for. */
const faults: Readonly<Record<string, string>> = {
	'all balances together are not 0': 'select sum(balance) what from purse having coalesce(sum(balance), 0) <> 0',
	'a balance is below 0, or that of the issue above': "select id what from purse where (kind = 'issue') = (balance > 0) and balance <> 0",
	'a balance is not the sum of its entries':
		'select id what from purse left join (select purse_id, sum(tokens) total from entry group by purse_id) on purse_id = id where balance <> coalesce(total, 0)',
	'the entries of a transfer do not sum to 0': 'select transfer_id what from entry group by transfer_id having sum(tokens) <> 0',
	'a transfer does not move what it says':
		'select id what from transfer left join (select transfer_id, max(tokens) most from entry group by transfer_id) on transfer_id = id where abs(tokens) <> coalesce(most, 0)',
	'a hold is not what its transfers say': `select id what from hold left join (
			select hold_id, sum(tokens) filter (where kind = 'reserve') r, sum(tokens) filter (where kind = 'charge') c, sum(tokens) filter (where kind = 'release') b,
				count(*) filter (where kind = 'charge') n, sum(prompt_tokens) p, sum(completion_tokens) w
			from transfer where hold_id is not null group by hold_id
		) on hold_id = id
		where (reserved, charged, released, charges, prompt_tokens, completion_tokens) <>
			(coalesce(r, 0), coalesce(c, 0), coalesce(b, 0), coalesce(n, 0), coalesce(p, 0), coalesce(w, 0))`,
	'a hold was charged and given back something else than it set aside':
		'select id what from hold where charged + released > reserved or (closed_at is not null and charged + released <> reserved)',
	'what an account has set aside is not what its holds have left': `select id what from purse left join (
			select holder_id, sum(reserved - charged - released) total from hold where closed_at is null group by holder_id
		) open on open.holder_id = purse.holder_id
		where kind = 'reserved' and balance <> coalesce(total, 0)`,
};

/** Those that are read from the balances and the open holds alone, however long the books are. */
const quick = [
	'all balances together are not 0',
	'a balance is below 0, or that of the issue above',
	'what an account has set aside is not what its holds have left',
];

const named = 5;

/** Reads the books and tells in words what is not as it must be, naming the first few of each; nothing where all is well. */
export function checkBooks(client: Db['$client'], how: 'whole' | 'quick' = 'whole'): string[] {
	return Object.entries(faults).flatMap(([sentence, query]) => {
		if (how === 'quick' && !quick.includes(sentence)) return [];
		const found = client.prepare<[], { what: unknown }>(`${query} limit ${named}`).all();
		return found.length === 0 ? [] : [`${sentence}: ${found.map(({ what }) => what).join(', ')}`];
	});
}

/** How many entries there are; rows are never deleted, so the last one's number tells. */
export function countEntries(client: Db['$client']): number {
	return client.prepare<[], { last: number | null }>('select max(id) last from entry').get()?.last ?? 0;
}

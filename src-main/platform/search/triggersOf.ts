import type { TextSource } from './TextSource.ts';

/**
 * The triggers that write down which texts of a source changed, in the table `changed_text`, each once until it is taken in.
 *
 * Within a trigger `or ignore` follows what the statement says that it stands behind, so that a condition keeps a text from being there twice.
 */
export function triggersOf({ kind, table, columns, alsoAfter = [] }: TextSource): string[] {
	const own = [
		{ name: 'new', when: `insert on main."${table}"`, ids: 'select new.id as id' },
		{ name: 'gone', when: `delete on main."${table}"`, ids: 'select old.id as id' },
		{ name: 'changed', when: updateOf(table, columns), ids: 'select new.id as id' },
	];
	const others = alsoAfter.map((change, at) => ({ name: `also_${at}`, when: updateOf(change.table, change.columns), ids: change.ids }));
	return [...own, ...others].map(
		({ name, when, ids }) =>
			`create temp trigger "search_${kind}_${name}" after ${when} begin
				insert into changed_text (kind, subject_id)
				select '${kind}', found.id from (${ids}) found
				where not exists (select 1 from changed_text known where known.kind = '${kind}' and known.subject_id = found.id);
			end`,
	);
}

function updateOf(table: string, columns: readonly string[]): string {
	return `update of ${columns.map((column) => `"${column}"`).join(', ')} on main."${table}"`;
}

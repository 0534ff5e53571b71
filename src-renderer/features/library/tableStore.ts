import { create } from 'zustand';
import type { Model } from '#contract/library.ts';
import { type ModelColumn, type ModelFilter, type ModelOrder, orderBy } from './arrangeModels.ts';

/** What is asked about which models, in a dialog over the table. */
export interface Asked {
	what: 'load' | 'remove' | 'export' | 'edit' | 'relocate' | 'details';
	models: readonly Model[];
}

interface TableState {
	filter: ModelFilter;
	order: ModelOrder;
	/** Ids of the chosen models; those that have gone from the library count for nothing. */
	selected: ReadonlySet<string>;
	asked: Asked | null;
}

/** How the table of models is looked at, kept while other screens are open. */
export const useTable = create<TableState>(() => ({
	filter: { text: '', tag: null },
	order: { column: 'name', descending: false },
	selected: new Set(),
	asked: null,
}));

/** Shows only what holds these words, or is filed under this tag. */
export function filterBy(change: Partial<ModelFilter>): void {
	useTable.setState(({ filter }) => ({ filter: { ...filter, ...change } }));
}

/** Orders the table by a column, or the other way round where it is ordered by it already. */
export function sortBy(column: ModelColumn): void {
	useTable.setState(({ order }) => ({ order: orderBy(order, column) }));
}

/** Chooses models, or with `isChosen` false lets them go. */
export function choose(ids: readonly string[], isChosen: boolean): void {
	useTable.setState(({ selected }) => {
		const next = new Set(selected);
		for (const id of ids) {
			if (isChosen) next.add(id);
			else next.delete(id);
		}
		return { selected: next };
	});
}

/** Opens a dialog about models. */
export function ask(what: Asked['what'], models: readonly Model[]): void {
	useTable.setState({ asked: { what, models } });
}

/** Closes the dialog that is open. */
export function closeAsked(): void {
	useTable.setState({ asked: null });
}

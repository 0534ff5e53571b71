import { create } from 'zustand';
import type { DeskColumn, DeskFilter, DeskOrder } from './arrangeDesk.ts';

interface DeskState {
	filter: DeskFilter;
	order: DeskOrder;
	/** The submission beside the table; null: the first. */
	selectedId: string | null;
	/** The submission whose mark is being edited; `typed` is the digit that began it. */
	editing: { submissionId: string; typed: string } | null;
}

const untouched: DeskState = { filter: 'all', order: { column: 'row', descending: false }, selectedId: null, editing: null };

/** How the desk is looked at: what the teacher filtered, sorted, chose and is editing. Nothing of it leaves the page. */
export const useDesk = create<DeskState>(() => untouched);

/** Chooses the submission that stands beside the table. */
export function select(submissionId: string): void {
	useDesk.setState({ selectedId: submissionId, editing: null });
}

/** Opens the mark of a submission for editing, begun with a digit where one was typed. */
export function edit(submissionId: string, typed = ''): void {
	useDesk.setState({ selectedId: submissionId, editing: { submissionId, typed } });
}

/** Ends the editing of a mark. */
export function endEdit(): void {
	useDesk.setState({ editing: null });
}

/** Shows only what passes a filter. */
export function setFilter(filter: DeskFilter): void {
	useDesk.setState({ filter });
}

/** Sorts by a column; by the same one again, the other way round. */
export function sortBy(column: DeskColumn): void {
	useDesk.setState(({ order }) => ({ order: { column, descending: order.column === column && !order.descending } }));
}

/** Puts the desk back as it is when an assignment is first opened. */
export function clearDesk(): void {
	useDesk.setState(untouched);
}

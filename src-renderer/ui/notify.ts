import { create } from 'zustand';

/** A short word to the reader at the foot of the page. */
export interface Notice {
	id: number;
	message: string;
	/** What was thrown, where the notice is of a failure. */
	error?: unknown;
	undo?: () => void | Promise<void>;
}

/** The last notice, while it is to be seen: a new one takes its place, so that what is said is never late. */
export const useNotices = create<{ notice: Notice | null }>(() => ({ notice: null }));

let nextId = 1;

/** Says something in passing; with `undo`, offers to take back what was just done. */
export function notify(message: string, undo?: () => void | Promise<void>): void {
	show({ message, ...(undo ? { undo } : {}) });
}

/** Says a failure for which the screen has no place of its own. */
export function notifyError(error: unknown): void {
	show({ message: '', error });
}

/** Takes a notice away, read or not; one that came since stays. */
export function dismissNotice(id: number): void {
	useNotices.setState((state) => (state.notice?.id === id ? { notice: null } : state));
}

/** Milliseconds that a notice is to be seen while nobody points at it: longer where there is more to read or to do. */
export function shownMs(notice: Notice): number {
	return notice.error !== undefined || notice.undo ? 10_000 : 5_000;
}

function show(notice: Omit<Notice, 'id'>): void {
	useNotices.setState({ notice: { ...notice, id: nextId++ } });
}

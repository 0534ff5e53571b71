import { create } from 'zustand';

/** A short word to the reader at the foot of the page. */
export interface Notice {
	id: number;
	/** `thing`: its "Undo" brings one thing back, whatever was done since; `act`: it takes back the last act of a desk; `word`: there is nothing to undo. */
	kind: 'thing' | 'act' | 'word';
	message: string;
	/** What was thrown, where the notice is of a failure. */
	error?: unknown;
	undo?: () => void | Promise<void>;
}

/** More things than this nobody deletes within the time that a notice is to be seen. */
const mostThings = 20;

/**
 * The notices that are to be seen, oldest first. Each thing that can be brought back keeps its own until its time is over; of acts and of words
 * there is the last one alone, as an older "Undo" would take back something else than it says, and what is said is never late.
 */
export const useNotices = create<{ notices: readonly Notice[] }>(() => ({ notices: [] }));

let nextId = 1;

/** Says something in passing; with `undo`, which brings back the one thing that it speaks of, offers that. */
export function notify(message: string, undo?: () => void | Promise<void>): void {
	show(undo ? { kind: 'thing', message, undo } : { kind: 'word', message });
}

/** Says what an act of a desk came to; `undoLast` takes back whatever was done last there. Whoever does or undoes another act calls `forgetAct`. */
export function notifyAct(message: string, undoLast: () => void | Promise<void>): void {
	show({ kind: 'act', message, undo: undoLast });
}

/** Takes the notice of the last act away: it was undone, or is not the last one any more. */
export function forgetAct(): void {
	keepOnly(({ kind }) => kind !== 'act');
}

/** Says a failure for which the screen has no place of its own. */
export function notifyError(error: unknown): void {
	show({ kind: 'word', message: '', error });
}

/** Takes a notice away, read or not; the others stay. */
export function dismissNotice(id: number): void {
	keepOnly((notice) => notice.id !== id);
}

/** Milliseconds that a notice is to be seen while nobody points at it: longer where there is more to read or to do. */
export function shownMs(notice: Pick<Notice, 'error' | 'undo'>): number {
	return notice.error !== undefined || notice.undo ? 10_000 : 5_000;
}

function show(notice: Omit<Notice, 'id'>): void {
	keepOnly(({ kind }) => kind === 'thing');
	useNotices.setState(({ notices }) => ({ notices: [...notices.slice(1 - mostThings), { ...notice, id: nextId++ }] }));
}

function keepOnly(isKept: (notice: Notice) => boolean): void {
	useNotices.setState((state) => (state.notices.every(isKept) ? state : { notices: state.notices.filter(isKept) }));
}

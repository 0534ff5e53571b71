import { create } from 'zustand';

/** A short word to the reader at the foot of the page. */
export interface Notice {
	id: number;
	message: string;
	/** What was thrown, where the notice is of a failure. */
	error?: unknown;
	undo?: () => void | Promise<void>;
}

/** The notices not yet read, oldest first. */
export const useNotices = create<{ notices: Notice[] }>(() => ({ notices: [] }));

let nextId = 1;

/** Says something in passing; with `undo`, offers to take back what was just done. */
export function notify(message: string, undo?: () => void | Promise<void>): void {
	add({ message, ...(undo ? { undo } : {}) });
}

/** Says a failure for which the screen has no place of its own. */
export function notifyError(error: unknown): void {
	add({ message: '', error });
}

/** Takes a notice away, read or not. */
export function dismissNotice(id: number): void {
	useNotices.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}

function add(notice: Omit<Notice, 'id'>): void {
	useNotices.setState(({ notices }) => ({ notices: [...notices, { ...notice, id: nextId++ }] }));
}

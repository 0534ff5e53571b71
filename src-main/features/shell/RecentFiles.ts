import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';
import { failure } from '#contract/errors.ts';
import type { RecentFile } from '#contract/shell.ts';

const most = 10;
const word = 'recentFiles';
const stored = z.array(z.object({ id: z.string(), path: z.string(), openedAt: z.number() }));

/** Where something of an account's own is kept under a word. */
interface Store {
	kept(accountId: string, word: string): unknown;
	keep(accountId: string, word: string, value: unknown): void;
}

/** The files that somebody opened with Homeroom last, the newest first. A page learns their names, and asks for one by its id. */
export class RecentFiles {
	readonly #store: Store;
	readonly #listeners = new Set<() => void>();
	readonly #rememberers = new Set<(file: string) => void>();

	constructor(store: Store) {
		this.#store = store;
	}

	list(accountId: string): RecentFile[] {
		return this.#read(accountId).map(({ id, path: file, openedAt }) => ({ id, name: path.basename(file), openedAt }));
	}

	/** Puts a file at the top of the list. */
	remember(accountId: string, file: string, now = Date.now()): void {
		const others = this.#read(accountId).filter((one) => one.path !== file);
		this.#write(accountId, [{ id: randomUUID(), path: file, openedAt: now }, ...others].slice(0, most));
		for (const listener of this.#rememberers) listener(file);
	}

	/** @throws NOT_FOUND where it is not on this account's list. */
	pathOf(accountId: string, id: string): string {
		const found = this.#read(accountId).find((one) => one.id === id);
		if (!found) throw failure('NOT_FOUND', { what: 'file' });
		return found.path;
	}

	forgetAll(accountId: string): void {
		this.#write(accountId, []);
	}

	/** Calls `listener` after each change. Returns how to stop that. */
	onChange(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** Calls `listener` with each file that is remembered, for the system's own list. Returns how to stop that. */
	onRemember(listener: (file: string) => void): () => void {
		this.#rememberers.add(listener);
		return () => this.#rememberers.delete(listener);
	}

	#read(accountId: string): z.infer<typeof stored> {
		return stored.catch([]).parse(this.#store.kept(accountId, word) ?? []);
	}

	#write(accountId: string, files: z.infer<typeof stored>): void {
		this.#store.keep(accountId, word, files);
		for (const listener of this.#listeners) listener();
	}
}

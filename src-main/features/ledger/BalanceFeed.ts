/**
 * Tells listeners that the balance of an account may have changed.
 *
 * Nothing is told while a transaction is open: what it changed is told once the code that ran it has returned.
 */
export class BalanceFeed {
	readonly #listeners = new Map<string, Set<() => void>>();

	/** Adds a listener and returns how to take it away. */
	subscribe(accountId: string, listener: () => void): () => void {
		const listeners = this.#listeners.get(accountId) ?? new Set();
		this.#listeners.set(accountId, listeners.add(listener));
		return () => {
			listeners.delete(listener);
			if (listeners.size === 0 && this.#listeners.get(accountId) === listeners) this.#listeners.delete(accountId);
		};
	}

	tell(accountId: string): void {
		const listeners = this.#listeners.get(accountId);
		if (listeners) queueMicrotask(() => [...listeners].forEach((listener) => void listener()));
	}

	tellAll(): void {
		for (const accountId of this.#listeners.keys()) this.tell(accountId);
	}
}

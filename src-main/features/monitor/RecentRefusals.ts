/** A request of another program that was refused, without anything of what it held. */
export interface RefusedRequest {
	at: number;
	requestId: string;
	status: number;
	code: string;
	route: string | null;
	accountId: string | null;
	keyId: string | null;
	modelName: string | null;
}

/** The last of requests that were refused alike, and how many there were. */
export interface RefusedAlike extends RefusedRequest {
	times: number;
}

const mostKinds = 200;
const longestName = 200;

/**
 * Requests of other programs that were refused, for who looks why a program fails: in memory alone, as the log has each of them.
 *
 * Those that are alike stand together, so that one program that asks without end pushes no other out of sight.
 */
export class RecentRefusals {
	/** Newest last. */
	readonly #kinds = new Map<string, RefusedAlike>();

	add(refused: RefusedRequest): void {
		const { status, code, route, accountId, keyId } = refused;
		const modelName = refused.modelName?.slice(0, longestName) ?? null;
		const kind = JSON.stringify([status, code, route, accountId, keyId, modelName]);
		const times = (this.#kinds.get(kind)?.times ?? 0) + 1;
		this.#kinds.delete(kind);
		this.#kinds.set(kind, { ...refused, modelName, times });
		const [oldest] = this.#kinds.keys();
		if (this.#kinds.size > mostKinds && oldest !== undefined) this.#kinds.delete(oldest);
	}

	/** Newest first, those from an instant on. */
	since(from: number): RefusedAlike[] {
		return [...this.#kinds.values()].filter(({ at }) => at >= from).reverse();
	}
}

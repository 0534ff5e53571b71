import type { Principal, Seat } from '../../platform/rpc/guard.ts';
import type { Principals } from './Principals.ts';

/** The desktop window as a place to sign in at: it holds its session for as long as the program runs, and no page ever sees it. */
export class WindowSeat implements Seat {
	readonly #principals: Principals;
	#sessionId: string | null = null;

	constructor(principals: Principals) {
		this.#principals = principals;
	}

	take(sessionId: string): void {
		this.#sessionId = sessionId;
	}

	leave(): void {
		this.#sessionId = null;
	}

	/** Who sits there, read anew each time; null: whoever it is has to sign in. */
	principal(): Principal | null {
		const signedIn = this.#sessionId === null ? null : this.#principals.of({ kind: 'window', sessionId: this.#sessionId });
		return signedIn ?? this.#principals.of({ kind: 'window', sessionId: null });
	}
}

import type { Credentials, SetupOrder } from '#contract/accounts.ts';
import type { Principal } from '../rpc/guard.ts';

/** A token that a browser keeps in a cookie, and for how many seconds it is good. */
export interface IssuedToken {
	token: string;
	lastsSeconds: number;
}

/** What proves a session: a short token that goes with every request, and one that is good once, for the next ones. */
export interface TokenSet {
	access: IssuedToken;
	refresh: IssuedToken;
	/** What the browser keeps when it is signed out: it tells of the account that was signed in there, and signs nobody in. */
	known: IssuedToken;
}

/** Where somebody signs in from. */
export interface Place {
	/** What it says it is: a user agent, or `window`. */
	device: string;
	/** `window`, or the address of the other side. */
	address: string;
}

/** What the browser host needs to know of accounts. Failures are those of the contract's procedures of the same names. */
export interface WebDoor {
	/** Some account has a password. */
	readonly isSetUp: boolean;
	/** `knownTo` is what `recognize` said. */
	signIn(typed: Credentials, place: Place, knownTo: string | null): Promise<TokenSet>;
	/** The account that a browser was signed in to before; null where `knownToken` is no good. */
	recognize(knownToken: string): Promise<string | null>;
	setUp(order: SetupOrder, place: Place): Promise<TokenSet>;
	/** Fresh tokens for a refresh token; null where it is good for nothing. */
	refresh(refreshToken: string, address: string): Promise<TokenSet | null>;
	/** Ends the session that either token belongs to. */
	signOutWith(tokens: { access: string | null; refresh: string | null }, address: string): Promise<void>;
	/** The name of the account that a setup code is for. */
	nameOfCode(code: string, address: string): string;
	/** Checks what a request brings as proof. The answer tells who it stands for, anew each time it is asked; null where it is no good. */
	identify(proof: { accessToken: string } | { bearer: string }): Promise<(() => Principal | null) | null>;
	/** Calls the listener after anything has ended or changed by which somebody may be connected; the answer undoes it. */
	onChange(listener: () => void): () => void;
}

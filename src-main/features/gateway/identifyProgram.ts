import { failure } from '#contract/errors.ts';
import type { WebDoor } from '../../platform/http/WebDoor.ts';
import type { Principal } from '../../platform/rpc/guard.ts';

/** Who a request stands for: as it began, and anew each time it is asked; null once that is nobody any more. */
export interface Identity {
	principal: Principal;
	isStill(): boolean;
}

/** Three base64url parts, as a token of ours is written, or a key. */
const bearer = /^Bearer ((hr_)?[\w.-]{1,2000})$/i;

/**
 * Who a request comes from, by its `Authorization: Bearer …` alone: an API key, or an access token. Null where it has none or one that
 * is no good. The one place where a program's credential is read: no cookie, no query and no other header counts.
 */
export async function identifyProgram(door: Pick<WebDoor, 'identify'>, authorization: string | undefined): Promise<Identity | null> {
	const [, credential, mark] = bearer.exec(authorization ?? '') ?? [];
	if (credential === undefined) return null;
	const identity = await door.identify(mark === undefined ? { accessToken: credential } : { bearer: credential });
	const principal = identity?.() ?? null;
	return identity && principal && { principal, isStill: () => identity() !== null };
}

/** Who a request of a route that needs somebody comes from. */
export function principalOf({ principal }: { principal: Principal | null }): Principal {
	if (principal === null) throw failure('NOT_SIGNED_IN', {});
	return principal;
}

import type { IncomingHttpHeaders } from 'node:http';
import type { Principal } from '../rpc/guard.ts';
import { cookieOf } from './cookies.ts';
import type { WebDoor } from './WebDoor.ts';

/**
 * Who a request comes from, by its cookie or by the key of a program (`Authorization: Bearer hr_…`), which then counts alone.
 *
 * What comes back tells that anew each time it is asked, for as long as the connection lives; null where nobody is known by it now.
 */
export async function identify(door: Pick<WebDoor, 'identify'>, headers: IncomingHttpHeaders): Promise<(() => Principal | null) | null> {
	const proof = proofOf(headers);
	const principal = proof && (await door.identify(proof));
	return principal && principal() !== null ? principal : null;
}

function proofOf(headers: IncomingHttpHeaders): { accessToken: string } | { bearer: string } | null {
	if (headers.authorization !== undefined) {
		const bearer = /^Bearer ([\w-]{1,200})$/.exec(headers.authorization)?.[1];
		return bearer === undefined ? null : { bearer };
	}
	const accessToken = cookieOf(headers, 'access');
	return accessToken === null ? null : { accessToken };
}

import type { NetworkRequest } from './Network.ts';
import type { NetworkResponse } from './NetworkResponse.ts';

const mostBytes = 32 * 1024 * 1024;
/** Statuses that a Response may have no body with. */
const bodiless: ReadonlySet<number> = new Set([204, 205, 304]);
const methods = ['GET', 'HEAD', 'POST'] as const;

/** Shapes `send` as a `fetch`, for libraries. Answers come whole and are at most 32 MiB; only GET, HEAD and POST with a text are sent. */
export function toFetch(send: (request: Omit<NetworkRequest, 'purpose'>) => Promise<NetworkResponse>): typeof fetch {
	return async (input, init) => {
		const wished = new Request(input, init);
		const method = methods.find((known) => known === wished.method);
		if (method === undefined) throw new TypeError(`${wished.method} is not sent from here.`);
		const answer = await send({
			url: wished.url,
			method,
			headers: Object.fromEntries(wished.headers),
			token: /^Bearer (.+)$/i.exec(wished.headers.get('authorization') ?? '')?.[1],
			body: method === 'POST' ? await wished.text() : undefined,
			signal: wished.signal,
		});
		const bytes = await answer.bytes(mostBytes);
		const headers = new Headers();
		for (const [name, value] of Object.entries(answer.headers)) if (value !== undefined) headers.set(name, value);
		const response = new Response(bodiless.has(answer.status) || method === 'HEAD' ? null : new Uint8Array(bytes), { status: answer.status, headers });
		// A Response made by hand has no address, and cannot be given one otherwise.
		Object.defineProperty(response, 'url', { value: answer.url });
		return response;
	};
}

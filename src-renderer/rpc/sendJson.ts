/** What a request rejects with when the app answered a failure of the closed list (contract/errors.ts). */
export class RequestRefused extends Error {
	readonly code: string;
	readonly data: Record<string, unknown>;
	constructor({ code, message, data }: { code: string; message: string; data: Record<string, unknown> }) {
		super(message);
		this.name = 'RequestRefused';
		this.code = code;
		this.data = data;
	}
}

/**
 * Asks the app over HTTP, with the cookies of this browser: a POST of `body` as JSON, or a GET without one. Resolves to the answer's
 * JSON, null where it has none.
 *
 * Rejects with `RequestRefused`, or as `fetch` does when nothing answers.
 */
export async function sendJson(address: string, body?: unknown): Promise<unknown> {
	const answer = await fetch(address, {
		method: body === undefined ? 'GET' : 'POST',
		cache: 'no-store',
		credentials: 'same-origin',
		...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
	});
	const told = parsed(await answer.text());
	if (answer.ok) return told;
	if (isFailure(told)) throw new RequestRefused(told);
	throw new Error(`${address} was answered with ${answer.status}.`);
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		// No body at all, or an answer from something between the page and the app.
		return null;
	}
}

function isFailure(told: unknown): told is { code: string; message: string; data: Record<string, unknown> } {
	if (typeof told !== 'object' || told === null || !('code' in told) || !('data' in told)) return false;
	return typeof told.code === 'string' && typeof told.data === 'object' && told.data !== null;
}

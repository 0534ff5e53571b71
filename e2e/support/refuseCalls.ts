import type { Page } from '@playwright/test';

/** What the frame itself asks: who is here, how they like it, what they have. */
const frameAsks = new Set(['/accounts/me', '/accounts/door', '/settings/get', '/settings/watch', '/ledger/watch', '/jobs/watch']);

/** Answers every call of a screen, from the next load of the page on, as the app answers a bug of its own. */
export async function refuseCalls(page: Page): Promise<void> {
	await page.routeWebSocket(/\/rpc$/, (socket) => {
		const app = socket.connectToServer();
		socket.onMessage((message) => {
			const { i: id, p: call } = readFrame(message);
			if (call?.u === undefined || frameAsks.has(call.u)) return app.send(message);
			const json = { defined: true, code: 'INTERNAL', status: 500, message: 'Something went wrong inside Homeroom.', data: { requestId: 'a1b2c3d4' } };
			socket.send(JSON.stringify({ i: id, p: { s: 500, b: { json } } }));
		});
	});
}

/** The beginning of a frame as oRPC sends it: a request's number and its address. Bytes hold it up to their first 0xff. */
function readFrame(message: string | Buffer): { i?: string; p?: { u?: string } } {
	if (typeof message === 'string') return JSON.parse(message);
	const end = message.indexOf(0xff);
	return JSON.parse(message.subarray(0, end < 0 ? message.length : end).toString('utf8'));
}

import type { DoorState } from '#contract/accounts.ts';
import { Access, type Renewal } from './Access.ts';
import type { Door } from './door.ts';
import { RequestRefused, sendJson } from './sendJson.ts';

const notedKey = 'homeroom.access';

/** This browser's access to the app; its cookies are out of reach for a page, so when they were given is noted beside them. */
export const access = new Access(
	sendRenewal,
	{
		read: () => Number(localStorage.getItem(notedKey)) || null,
		write: (at) => localStorage.setItem(notedKey, String(at)),
	},
	Date.now,
);

async function sendRenewal(): Promise<Renewal> {
	try {
		await sendJson('/auth/refresh', {});
		return 'renewed';
	} catch (error) {
		return error instanceof RequestRefused && error.code !== 'TOO_MANY_TRIES' && error.code !== 'SHUTTING_DOWN' ? 'refused' : 'unreachable';
	}
}

/** The door as a browser meets it: JSON over HTTP, because only an answer of HTTP can set a cookie. */
export const browserDoor: Door = {
	async state() {
		const state = await askState();
		// Access may have run out while the session goes on.
		if (state.isSignedIn || !state.isSetUp) return state;
		const renewal = await access.renew();
		if (renewal === 'unreachable') throw new Error('The app did not say whether this browser is signed in.');
		return { ...state, isSignedIn: renewal === 'renewed' };
	},
	async signIn(typed) {
		await sendJson('/auth/sign-in', typed);
		access.given();
	},
	async nameOfCode(code) {
		// The app's own answer, as the contract describes it (`accounts.showCode`).
		return ((await sendJson('/auth/code', { code })) as { name: string }).name;
	},
	async setUp(order) {
		await sendJson('/auth/set-up', order);
		access.given();
	},
	async signOut() {
		await sendJson('/auth/sign-out', {});
	},
};

async function askState(): Promise<DoorState> {
	// The app's own answer, as the contract describes it (`accounts.door`).
	return (await sendJson('/auth/door')) as DoorState;
}

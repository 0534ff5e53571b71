import { create } from 'zustand';
import type { OwnAccount, Role } from '#contract/accounts.ts';
import { client } from './client.ts';
import { reloadPage } from './reloadPage.ts';

/** Who is at this seat; null until the app said so. `error`: it could not be asked. */
export const useMe = create<{ me: OwnAccount | null; error: unknown }>(() => ({ me: null, error: null }));

/**
 * Reads who is at this seat. Never rejects. Where that is another one than before, because somebody else signed in in this browser, the
 * page is loaded anew: what it holds is not theirs. What is as it was stays the same object, so that nothing is drawn again.
 */
export async function loadMe(): Promise<void> {
	try {
		const me = await client.accounts.me();
		const before = useMe.getState().me;
		if (before !== null && before.id !== me.id) reloadPage();
		else useMe.setState({ me: JSON.stringify(me) === JSON.stringify(before) ? before : me, error: null });
	} catch (error) {
		useMe.setState({ error });
	}
}

const rank: Record<Role, number> = { viewer: 0, user: 1, admin: 2 };

/** Whether a role includes another: what the page shows follows it, and what may be done the app itself decides (guard.ts). */
export function includesRole(role: Role, needed: Role): boolean {
	return rank[role] >= rank[needed];
}

/** Whether the person at this seat may do what needs `role`; false until it is known who that is. */
export function useMay(role: Role): boolean {
	return useMe(({ me }) => me !== null && includesRole(me.role, role));
}

import { create } from 'zustand';
import type { Person } from '#contract/accounts.ts';
import type { Balance } from '#contract/ledger.ts';
import { client } from '../../rpc/client.ts';

interface PeopleState {
	people: Person[] | null;
	/** By account. */
	balances: ReadonlyMap<string, Balance>;
	error: unknown;
	/** Reads everybody and what they have left. Never rejects. */
	load: () => Promise<void>;
	/** Changes what is named of a person; rejects with what the app refuses. */
	change: (accountId: string, changes: PersonChanges) => Promise<void>;
}

export type PersonChanges = Omit<Parameters<typeof client.accounts.change>[0], 'accountId'>;

/** The people of this machine as their administrator sees them; the truth stays in the app. */
export const usePeople = create<PeopleState>((set, get) => ({
	people: null,
	balances: new Map(),
	error: null,
	load: async () => {
		try {
			const [people, balances] = await Promise.all([client.accounts.people(), client.ledger.balances()]);
			set({ people, balances: new Map(balances.map(({ accountId, balance }) => [accountId, balance])), error: null });
		} catch (error) {
			set({ error });
		}
	},
	change: async (accountId, changes) => {
		const changed = await client.accounts.change({ accountId, ...changes });
		set({ people: get().people?.map((person) => (person.id === accountId ? changed : person)) ?? null });
	},
}));

import type { z } from 'zod';
import type { credentials, DoorState, setupOrder } from '#contract/accounts.ts';
import { bridge } from './bridge.ts';
import { browserDoor } from './browserDoor.ts';
import { client } from './client.ts';

/**
 * What the page asks before anybody is signed in, the same in both hosts. Each rejects with a failure of the contract.
 *
 * Who came in or went out loads the page anew, so that nothing of one person is ever seen by another.
 */
export interface Door {
	/** Who is asked for: nobody, a person, or the first one. A browser whose access ran out is let in again on the way. */
	state(): Promise<DoorState>;
	signIn(typed: z.input<typeof credentials>): Promise<void>;
	/** Whose setup code this is: the name, empty for the first owner. */
	nameOfCode(code: string): Promise<string>;
	/** Chooses a password with a setup code, and signs in. */
	setUp(order: z.input<typeof setupOrder>): Promise<void>;
	signOut(): Promise<void>;
}

const windowDoor: Door = {
	state: () => client.accounts.door(),
	signIn: (typed) => client.accounts.signIn(typed),
	nameOfCode: async (code) => (await client.accounts.showCode({ code })).name,
	setUp: (order) => client.accounts.setUp(order),
	signOut: () => client.accounts.signOut(),
};

export const door: Door = bridge() === null ? browserDoor : windowDoor;

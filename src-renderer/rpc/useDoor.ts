import { create } from 'zustand';
import type { DoorState } from '#contract/accounts.ts';
import { door } from './door.ts';

/** Whether somebody is signed in here, as the app said when the page was loaded; null until it did. `error`: it could not be asked. */
export const useDoor = create<{ state: DoorState | null; error: unknown }>(() => ({ state: null, error: null }));

/** Asks who is here: the first thing that the page does. Never rejects. */
export async function askDoor(): Promise<DoorState | null> {
	try {
		const state = await door.state();
		useDoor.setState({ state, error: null });
		return state;
	} catch (error) {
		useDoor.setState({ state: null, error });
		return null;
	}
}

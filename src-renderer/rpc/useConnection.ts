import { create } from 'zustand';

/** `signedOut`: the app answered, but knows this browser no more; only a new sign-in link helps. */
export type ConnectionState = 'connecting' | 'open' | 'lost' | 'signedOut';

/** How the page's connection to the app is, for the bar that tells and for everything that waits for it. */
export const useConnection = create<{ state: ConnectionState }>(() => ({ state: 'connecting' }));

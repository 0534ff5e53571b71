import { create } from 'zustand';

/** `signedOut`: the app answered, but the session of this page is over; somebody must sign in. */
export type ConnectionState = 'connecting' | 'open' | 'lost' | 'signedOut';

/** How the page's connection to the app is, for the bar that tells and for everything that waits for it. */
export const useConnection = create<{ state: ConnectionState }>(() => ({ state: 'connecting' }));

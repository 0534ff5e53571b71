import { create } from 'zustand';
import type { GatewaySettings, GatewayState } from '#contract/gateway.ts';
import { client } from '../../rpc/client.ts';

interface GatewayStore {
	/** Null until it was told. */
	state: GatewayState | null;
	error: unknown;
	isChanging: boolean;
	/** Follows the gateway until what it answers is called. */
	follow(): () => void;
	/** Changes what is named; the screen follows at once and goes back if the app refuses. Rejects never: what fails is in `error`. */
	change(changes: Partial<GatewaySettings>, opensToNetwork?: boolean): Promise<void>;
	/** Takes a certificate of the owner's, or none. Rejects with why it is not taken. */
	setCertificate(own: { certificate: string; key: string } | null): Promise<void>;
	clearError(): void;
}

/** How the gateway is set and how it is. */
export const useGateway = create<GatewayStore>()((set, get) => ({
	state: null,
	error: null,
	isChanging: false,
	follow() {
		const leaving = new AbortController();
		set({ error: null });
		const watch = async () => {
			for await (const state of await client.gateway.watch(undefined, { signal: leaving.signal })) set({ state });
		};
		watch().catch((error: unknown) => {
			if (!leaving.signal.aborted) set({ error });
		});
		return () => leaving.abort();
	},
	async change(changes, opensToNetwork = false) {
		const before = get().state;
		set({ isChanging: true, error: null, state: before && { ...before, settings: { ...before.settings, ...changes } } });
		try {
			set({ state: await client.gateway.change({ ...changes, opensToNetwork }) });
		} catch (error) {
			set({ error, state: before });
		}
		set({ isChanging: false });
	},
	async setCertificate(own) {
		set({ state: await client.gateway.setCertificate({ own }) });
	},
	clearError: () => set({ error: null }),
}));

import { create } from 'zustand';
import type { Settings } from '#contract/settings.ts';
import type { SystemInfo } from '#contract/system.ts';
import { client } from '../../rpc/client.ts';

interface SettingsState {
	settings: Settings | null;
	info: SystemInfo | null;
	error: unknown;
	/** Reads the settings, and what the app says of itself; the frame does it once at the start. */
	load: () => Promise<void>;
	/** Changes what is named; the screen follows at once and goes back if the app refuses. */
	change: (changes: Partial<Settings>) => Promise<void>;
	clearError: () => void;
}

/** The settings as the screens show them; the truth stays in the app, which tells what others change (app/Providers.tsx). */
export const useSettings = create<SettingsState>((set, get) => ({
	settings: null,
	info: null,
	error: null,
	load: async () => {
		try {
			const [settings, info] = await Promise.all([client.settings.get(), client.system.info()]);
			set({ settings, info, error: null });
		} catch (error) {
			set({ error });
		}
	},
	change: async (changes) => {
		const before = get().settings;
		if (before) set({ settings: { ...before, ...changes } });
		try {
			set({ settings: await client.settings.set(changes), error: null });
		} catch (error) {
			set({ settings: before, error });
		}
	},
	clearError: () => set({ error: null }),
}));

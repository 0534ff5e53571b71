import { create } from 'zustand';
import type { BackupSchedule, BackupState } from '#contract/backup.ts';
import { client } from '../../rpc/client.ts';

interface BackupStore {
	state: BackupState | null;
	error: unknown;
	load: () => Promise<void>;
	/** Rejects with the failure. */
	setSchedule: (schedule: BackupSchedule) => Promise<void>;
	/** Does one of the acts that change what the next start does or what is kept, and looks anew. Rejects with the failure. */
	act: (what: 'forget' | 'goBack' | 'dropReplaced' | 'forgetMove' | 'dropLeft') => Promise<void>;
	clearError: () => void;
}

/** What is known of backups, as the screen shows it; the work on them comes with the jobs. */
export const useBackup = create<BackupStore>((set, get) => ({
	state: null,
	error: null,
	load: async () => {
		try {
			set({ state: await client.backup.state(), error: null });
		} catch (error) {
			set({ error });
		}
	},
	setSchedule: async (schedule) => set({ state: await client.backup.setSchedule(schedule) }),
	act: async (what) => {
		await client.backup[what]();
		await get().load();
	},
	clearError: () => set({ error: null }),
}));

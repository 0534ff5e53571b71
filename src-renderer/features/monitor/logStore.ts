import { create } from 'zustand';
import type { LogEntry, LogLevel } from '#contract/monitor.ts';
import { client } from '../../rpc/client.ts';

export interface LogFilter {
	level: LogLevel;
	text: string;
	requestId: string;
	from: number | null;
	until: number | null;
}

interface LogState {
	filter: LogFilter;
	/** Newest first; null until the first were found. */
	entries: readonly LogEntry[] | null;
	isReading: boolean;
	/** Why no more were looked for. */
	reason: 'limit' | 'end' | 'time' | null;
	error: unknown;
	/** Searches anew with what `changes` names; a search that runs ends. Never rejects. */
	search: (changes: Partial<LogFilter>) => Promise<void>;
	/** Ends the search that runs. */
	stop: () => void;
}

const limit = 1000;
let running = new AbortController();
let searches = 0;

/** The log as it was searched last. */
export const useLog = create<LogState>((set, get) => ({
	filter: { level: 'info', text: '', requestId: '', from: null, until: null },
	entries: null,
	isReading: false,
	reason: null,
	error: null,
	search: async (changes) => {
		running.abort();
		running = new AbortController();
		const { signal } = running;
		// An entry of another search is another row: a click that comes as the list changes must not open what slid under it.
		const before = searches++ * limit;
		const filter = { ...get().filter, ...changes };
		set({ filter, isReading: true, error: null, reason: null });
		let found: readonly LogEntry[] = [];
		try {
			for await (const { entries, reason } of await client.monitor.logs({ ...filter, limit }, { signal })) {
				if (signal.aborted) return;
				found = [...found, ...entries.map((entry) => ({ ...entry, id: before + entry.id }))];
				set({ entries: found, reason });
			}
			if (!signal.aborted) set({ entries: found, isReading: false });
		} catch (error) {
			if (!signal.aborted) set({ error, isReading: false });
		}
	},
	stop: () => {
		running.abort();
		set({ isReading: false });
	},
}));

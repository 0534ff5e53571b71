import { create } from 'zustand';
import type { OutboundEntry, OutboundHost } from '#contract/outbound.ts';
import { client } from '../../rpc/client.ts';

interface OutboundState {
	/** The sums by server; null until they were read. */
	hosts: OutboundHost[] | null;
	/** The one server that `entries` are of; null: of all. */
	host: string | null;
	/** Newest first; null until the first were read. */
	entries: OutboundEntry[] | null;
	hasMore: boolean;
	isReading: boolean;
	error: unknown;
	/** Begins anew, for one server or all. Never rejects. */
	show: (host: string | null) => Promise<void>;
	/** Reads the next older ones, if there are any and none are being read. Never rejects. */
	readMore: () => Promise<void>;
}

/** What is read at once. */
const pageLength = 200;
/** Raised with each beginning, so that an answer that comes late is not taken for the present one. */
let beginnings = 0;

/** The connections as they are shown: as many of them as were scrolled to. */
export const useOutbound = create<OutboundState>((set, get) => ({
	hosts: null,
	host: null,
	entries: null,
	hasMore: false,
	isReading: false,
	error: null,
	show: async (host) => {
		const beginning = ++beginnings;
		set({ host, isReading: true, error: null });
		try {
			const [hosts, { entries, hasMore }] = await Promise.all([client.outbound.hosts(), client.outbound.list({ host, limit: pageLength })]);
			if (beginning === beginnings) set({ hosts, entries, hasMore, isReading: false });
		} catch (error) {
			if (beginning === beginnings) set({ error, isReading: false });
		}
	},
	readMore: async () => {
		const { entries, hasMore, isReading, host } = get();
		const oldest = entries?.at(-1);
		if (!hasMore || isReading || !entries || !oldest) return;
		const beginning = beginnings;
		set({ isReading: true });
		try {
			const next = await client.outbound.list({ host, before: oldest.id, limit: pageLength });
			if (beginning === beginnings) set({ entries: [...entries, ...next.entries], hasMore: next.hasMore, isReading: false });
		} catch (error) {
			if (beginning === beginnings) set({ error, isReading: false, hasMore: false });
		}
	},
}));

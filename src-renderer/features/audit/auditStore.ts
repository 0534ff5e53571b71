import { create } from 'zustand';
import type { AuditEntry, AuditFilter } from '#contract/audit.ts';
import { client } from '../../rpc/client.ts';

interface AuditState {
	filter: AuditFilter;
	/** Newest first; null until the first were read. */
	entries: AuditEntry[] | null;
	hasMore: boolean;
	isReading: boolean;
	error: unknown;
	/** Begins anew with what `changes` names. Never rejects. */
	show: (changes: Partial<AuditFilter>) => Promise<void>;
	/** Reads the next older ones, if there are any and none are being read. Never rejects. */
	readMore: () => Promise<void>;
}

/** What is read at once. */
const pageLength = 200;
/** Raised with each beginning, so that an answer that comes late is not taken for the present one. */
let beginnings = 0;

/** The log as it is shown: as much of it as was scrolled to. */
export const useAudit = create<AuditState>((set, get) => ({
	filter: { from: null, until: null, accountId: null, act: null },
	entries: null,
	hasMore: false,
	isReading: false,
	error: null,
	show: async (changes) => {
		const filter = { ...get().filter, ...changes };
		const beginning = ++beginnings;
		set({ filter, isReading: true, error: null });
		try {
			const { entries, hasMore } = await client.audit.list({ ...filter, before: null, limit: pageLength });
			if (beginning === beginnings) set({ entries, hasMore, isReading: false });
		} catch (error) {
			if (beginning === beginnings) set({ error, isReading: false });
		}
	},
	readMore: async () => {
		const { entries, hasMore, isReading, filter } = get();
		const oldest = entries?.at(-1);
		if (!hasMore || isReading || !entries || !oldest) return;
		const beginning = beginnings;
		set({ isReading: true });
		try {
			const next = await client.audit.list({ ...filter, before: oldest.id, limit: pageLength });
			if (beginning === beginnings) set({ entries: [...entries, ...next.entries], hasMore: next.hasMore, isReading: false });
		} catch (error) {
			if (beginning === beginnings) set({ error, isReading: false, hasMore: false });
		}
	},
}));

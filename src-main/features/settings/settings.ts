import { inArray } from 'drizzle-orm';
import { failure } from '#contract/errors.ts';
import { defaultSettings, type Settings as SettingsShape, settingsShape } from '#contract/settings.ts';
import { type Db, immediate } from '../../platform/database/openDatabase.ts';
import type { Principal } from '../../platform/rpc/guard.ts';
import { setting } from './schema.ts';

const machineScope = 'machine';
/** These are each account's own; the rest belongs to the machine and needs an administrator. */
const ownKeys: readonly string[] = ['language', 'theme'] satisfies (keyof SettingsShape)[];

/** What the user and the machine's administrator have chosen; what was never chosen has its default. */
export class Settings {
	readonly #db: Db;
	readonly #listeners = new Set<() => void>();

	constructor(options: { db: Db }) {
		this.#db = options.db;
	}

	/** The settings as an account sees them: its own and the machine's. Without an account, the machine's alone. */
	get(accountId: string | null): SettingsShape {
		const scopes = accountId === null ? [machineScope] : [machineScope, accountId];
		const rows = this.#db.select().from(setting).where(inArray(setting.scope, scopes)).all();
		const stored: Record<string, unknown> = {};
		// A value that a later or earlier version wrote and this one does not know is as good as not chosen.
		for (const row of rows) {
			const value: unknown = JSON.parse(row.value);
			if (settingsShape.partial().safeParse({ [row.key]: value }).success) stored[row.key] = value;
		}
		return { ...defaultSettings, ...stored };
	}

	/** Stores what `changes` names, all or nothing. FORBIDDEN when a machine setting is among them and the caller is no administrator. */
	set(principal: Principal, changes: Partial<SettingsShape>): SettingsShape {
		const entries = Object.entries(changes).filter(([, value]) => value !== undefined);
		if (principal.role !== 'admin' && entries.some(([key]) => !ownKeys.includes(key))) throw failure('FORBIDDEN', {});
		immediate(this.#db, (tx) => {
			for (const [key, chosen] of entries) {
				const value = JSON.stringify(chosen);
				const scope = ownKeys.includes(key) ? principal.accountId : machineScope;
				tx.insert(setting)
					.values({ scope, key, value })
					.onConflictDoUpdate({ target: [setting.scope, setting.key], set: { value } })
					.run();
			}
		});
		for (const listener of this.#listeners) listener();
		return this.get(principal.accountId);
	}

	/** Calls `listener` after each change that was stored. Returns how to stop that. */
	onChange(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}
}

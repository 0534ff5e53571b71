import { eq } from 'drizzle-orm';
import { failure } from '#contract/errors.ts';
import { defaultSettings, ownSettings, type Settings as SettingsShape, settingsShape } from '#contract/settings.ts';
import { type Db, immediate, type Tx } from '../../platform/database/openDatabase.ts';
import { owned } from '../../platform/database/owned.ts';
import type { Principal } from '../../platform/rpc/guard.ts';
import { latest } from '../../platform/rpc/latest.ts';
import { setting } from './schema.ts';

/** Whose the settings of the machine are. */
export const machineScope = 'machine';

/** Made once: each making costs more than reading all that is stored. */
const oneSetting = settingsShape.partial();

/** What the user and the machine's administrator have chosen; what was never chosen has its default. */
export class Settings {
	readonly #db: Db;
	readonly #listeners = new Set<() => void>();
	readonly #stored;

	constructor(options: { db: Db }) {
		this.#db = options.db;
		// In SQLite's own words: each answer of a model asks this several times.
		this.#stored = this.#db.$client.prepare<[string, string], { key: string; value: string }>('select key, value from setting where scope in (?, ?)');
	}

	/** The settings as an account sees them: its own and the machine's. Without an account, the machine's alone. */
	get(accountId: string | null): SettingsShape {
		const rows = this.#stored.all(machineScope, accountId ?? machineScope);
		const stored: Record<string, unknown> = {};
		// A value that a later or earlier version wrote and this one does not know is as good as not chosen.
		for (const row of rows) {
			const value: unknown = JSON.parse(row.value);
			if (oneSetting.safeParse({ [row.key]: value }).success) stored[row.key] = value;
		}
		return { ...defaultSettings, ...stored };
	}

	/** The same as a caller may see them: the name and password in a proxy's address are for administrators. */
	shownTo({ accountId, role }: Principal): SettingsShape {
		const settings = this.get(accountId);
		return role === 'admin' ? settings : { ...settings, proxy: withoutCredentials(settings.proxy) };
	}

	/** The same now, and again after each change by anybody. */
	watch(principal: Principal, signal?: AbortSignal): AsyncGenerator<SettingsShape, void, void> {
		return latest<SettingsShape>(
			(push) => {
				push(this.shownTo(principal));
				return this.onChange(() => push(this.shownTo(principal)));
			},
			{ signal },
		);
	}

	/** Stores what `changes` names, all or nothing. FORBIDDEN when a machine setting is among them and the caller is no administrator. */
	set(principal: Principal, changes: Partial<SettingsShape>): SettingsShape {
		const entries = Object.entries(changes).filter(([, value]) => value !== undefined);
		if (principal.role !== 'admin' && entries.some(([key]) => !ownSettings.includes(key))) throw failure('FORBIDDEN', {});
		immediate(this.#db, (tx) => {
			for (const [key, chosen] of entries) {
				const value = JSON.stringify(chosen);
				const scope = ownSettings.includes(key) ? principal.accountId : machineScope;
				tx.insert(setting)
					.values({ scope, key, value })
					.onConflictDoUpdate({ target: [setting.scope, setting.key], set: { value } })
					.run();
			}
		});
		for (const listener of this.#listeners) listener();
		return this.shownTo(principal);
	}

	/** What was put under a word of the account's that is no setting and no screen changes, such as the files it opened last; null: nothing. */
	kept(accountId: string, word: string): unknown {
		const row = this.#db
			.select({ value: setting.value })
			.from(setting)
			.where(owned(setting, accountId, eq(setting.key, word)))
			.get();
		return row ? JSON.parse(row.value) : null;
	}

	/** Puts something there: plain JSON. */
	keep(accountId: string, word: string, kept: unknown): void {
		const value = JSON.stringify(kept);
		this.#db
			.insert(setting)
			.values({ scope: accountId, key: word, value })
			.onConflictDoUpdate({ target: [setting.scope, setting.key], set: { value } })
			.run();
	}

	/** The account's own settings, for it to take away. */
	exportOf(accountId: string): unknown {
		const rows = this.#db.select({ key: setting.key, value: setting.value }).from(setting).where(owned(setting, accountId)).all();
		return Object.fromEntries(rows.map(({ key, value }): [string, unknown] => [key, JSON.parse(value)]));
	}

	/** Deletes the account's own settings, in the transaction that deletes the account. */
	removeAllOf(accountId: string, tx: Tx): void {
		tx.delete(setting).where(owned(setting, accountId)).run();
	}

	/** Calls `listener` after each change that was stored. Returns how to stop that. */
	onChange(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}
}

/** `system` and `none` stay as they are. */
function withoutCredentials(proxy: string): string {
	const url = URL.parse(proxy);
	if (url === null || (url.username === '' && url.password === '')) return proxy;
	url.username = '';
	url.password = '';
	return url.href;
}

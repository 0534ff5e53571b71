import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import type { Account, Role } from '#contract/accounts.ts';
import { type OpenedDatabase, openDatabase } from '../../platform/database/openDatabase.ts';
import { migrationsFolder } from '../../platform/database/temporaryDatabase.ts';
import type { AuditRecord } from '../../platform/rpc/guard.ts';
import { Ledger } from './ledger.ts';

/** 12:00 on Wednesday, 18 November 2026, wherever the test runs. */
export const noon = new Date(2026, 10, 18, 12).getTime();
export const dayMs = 24 * 60 * 60 * 1000;

/** A ledger over a database that is open, with a clock that a test turns and accounts as it names them. */
export class LedgerStage {
	readonly db: OpenedDatabase['db'];
	readonly clock = { now: noon };
	readonly people = new Map<string, Account>();
	readonly records: AuditRecord[] = [];
	readonly log: string[] = [];
	ledger: Ledger;

	constructor(db: OpenedDatabase['db'], people: Record<string, Role> = { ann: 'user', bob: 'user', owner: 'admin' }) {
		this.db = db;
		for (const [id, role] of Object.entries(people)) this.people.set(id, { id, name: `name of ${id}`, role });
		this.ledger = this.restart();
	}

	/** Makes the ledger anew over the same database, as a start of the app does. */
	restart(): Ledger {
		const { db, clock, records } = this;
		this.ledger = new Ledger({
			db,
			log: pino({ level: 'error' }, { write: (line: string) => void this.log.push(line) }),
			now: () => clock.now,
			people: { find: (accountId) => this.people.get(accountId) ?? null, list: () => [...this.people.values()] },
			record: (entry) => void records.push(entry),
		});
		return this.ledger;
	}

	/** What an account has available and set aside. */
	purses(accountId: string): [available: number, reserved: number] {
		const { available, reserved } = this.ledger.balance(accountId);
		return [available, reserved];
	}
}

/** Opens a database file as the app does. */
export function openFile(file: string): OpenedDatabase {
	return openDatabase({ file, migrationsFolder, log: pino({ enabled: false }) });
}

/** A folder of databases, each a copy of one that is new: a test that wants hundreds does not make the tables hundreds of times. */
export class DatabaseCopies {
	readonly folder = mkdtempSync(join(tmpdir(), 'homeroom-ledger-'));
	readonly #template = join(this.folder, 'template.db');
	#copies = 0;

	constructor() {
		openFile(this.#template).close();
	}

	next(): OpenedDatabase & { file: string; remove(): void } {
		const file = join(this.folder, `copy-${++this.#copies}.db`);
		copyFileSync(this.#template, file);
		const opened = openFile(file);
		const remove = () => {
			opened.close();
			rmSync(file);
		};
		return { ...opened, file, remove };
	}

	remove(): void {
		rmSync(this.folder, { recursive: true, force: true });
	}
}

/** An order of chat tokens for `ann`. */
export function order(requestId: string, tokens: number, more: Partial<Parameters<Ledger['reserve']>[0]> = {}): Parameters<Ledger['reserve']>[0] {
	return { requestId, accountId: 'ann', task: 'chat', modelId: 'm1', modelName: 'Tiny', subjectId: null, tokens, ...more };
}

/** A usage of so many tokens in all. */
export function used(tokens: number): { promptTokens: number; completionTokens: number } {
	const promptTokens = Math.floor(tokens / 3);
	return { promptTokens, completionTokens: tokens - promptTokens };
}

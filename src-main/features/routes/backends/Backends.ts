import { randomUUID } from 'node:crypto';
import { and, asc, eq, ne } from 'drizzle-orm';
import { usualBackends } from '#contract/backendKinds.ts';
import type { Backend as BackendView } from '#contract/backends.ts';
import type { Inputs } from '#contract/contract.ts';
import { failure } from '#contract/errors.ts';
import { type Db, immediate, type Tx } from '../../../platform/database/openDatabase.ts';
import { isLoopbackHost, isNearHost } from '../../../platform/network/isNearHost.ts';
import type { Network } from '../../../platform/network/Network.ts';
import type { Secrets } from '../../../platform/secrets/Secrets.ts';
import { backend } from '../schema.ts';
import type { Backend } from './Backend.ts';
import { type BackendPatience, OpenAiBackend } from './OpenAiBackend.ts';

type Row = typeof backend.$inferSelect;
export type AddedBackend = Inputs['backends']['add'];
export type BackendChanges = Omit<Inputs['backends']['change'], 'backendId'>;

export interface BackendsOptions {
	db: Db;
	secrets: Pick<Secrets, 'get' | 'set' | 'keptIn' | 'isKept'>;
	network: Pick<Network, 'request'>;
	/** The names of the routes that lead to a backend. */
	routesTo: (backendId: string) => string[];
	patience?: BackendPatience;
}

/**
 * The remote servers that an administrator has set up.
 *
 * What may be relied on: a key is given in and never told again; it goes to the server that it was given for alone, so that another
 * address takes none along; one that is switched off is not asked.
 */
export class Backends {
	readonly #options: BackendsOptions;
	readonly #listeners = new Set<() => void>();

	constructor(options: BackendsOptions) {
		this.#options = options;
	}

	list(): BackendView[] {
		const rows = this.#options.db.select().from(backend).orderBy(asc(backend.nameKey)).all();
		return rows.map((row) => this.#view(row));
	}

	/** Throws NAME_TAKEN. */
	add({ name, kind, endpoint, key }: AddedBackend): BackendView {
		const row: Row = {
			...{ id: randomUUID(), name, nameKey: keyOf(name), kind, endpoint: completed(endpoint, kind), isEnabled: true, createdAt: Date.now() },
		};
		immediate(this.#options.db, (tx) => {
			refuseTaken(tx, row);
			tx.insert(backend).values(row).run();
			this.#options.secrets.set(secretOf(row.id), key);
		});
		return this.#changed(row);
	}

	/** Throws NOT_FOUND and NAME_TAKEN. */
	change(id: string, { key, ...changes }: BackendChanges): BackendView {
		const before = this.#row(id);
		const named = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
		const row: Row = { ...before, ...named };
		row.nameKey = keyOf(row.name);
		row.endpoint = completed(row.endpoint, row.kind);
		const isElsewhere = new URL(row.endpoint).origin !== new URL(before.endpoint).origin;
		immediate(this.#options.db, (tx) => {
			refuseTaken(tx, row);
			tx.update(backend).set(row).where(eq(backend.id, id)).run();
			if (key !== undefined || isElsewhere) this.#options.secrets.set(secretOf(id), key ?? null);
		});
		return this.#changed(row);
	}

	/** Forgets its key, too. Throws NOT_FOUND and BACKEND_IN_USE. */
	remove(id: string): void {
		const row = this.#row(id);
		const routes = this.#options.routesTo(id);
		if (routes.length > 0) throw failure('BACKEND_IN_USE', { name: row.name, routes });
		immediate(this.#options.db, (tx) => {
			tx.delete(backend).where(eq(backend.id, id)).run();
			this.#options.secrets.set(secretOf(id), null);
		});
		this.#changed(row);
	}

	/** Asks for its models, whether it is switched on or not; throws what the server's answer means. */
	async test(id: string, accountId: string, signal?: AbortSignal): Promise<{ roundTripMs: number; models: string[] }> {
		const startedAt = performance.now();
		const models = await this.#connect(this.#row(id)).listModels(signal, accountId);
		return { roundTripMs: Math.round(performance.now() - startedAt), models };
	}

	/** The backend as it is now. Throws NOT_FOUND and BACKEND_OFF. */
	open(id: string): Backend {
		const row = this.#row(id);
		if (!row.isEnabled) throw failure('BACKEND_OFF', { name: row.name });
		return this.#connect(row);
	}

	/** The backend of this id, for routes that lead to it; null where there is none any more. */
	find(id: string): { name: string; endpoint: string; isEnabled: boolean; backend: Backend } | null {
		const row = this.#options.db.select().from(backend).where(eq(backend.id, id)).get();
		return row ? { name: row.name, endpoint: row.endpoint, isEnabled: row.isEnabled, backend: this.#connect(row) } : null;
	}

	/** Calls `listener` after each change. Returns how to stop that. */
	onChange(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	#connect({ id, name, kind, endpoint }: Row): Backend {
		const { network, secrets, patience } = this.#options;
		return new OpenAiBackend({ name, kind, endpoint, network, key: () => secrets.get(secretOf(id)), ...(patience ? { patience } : {}) });
	}

	#row(id: string): Row {
		const row = this.#options.db.select().from(backend).where(eq(backend.id, id)).get();
		if (!row) throw failure('NOT_FOUND', { what: 'backend' });
		return row;
	}

	#view({ nameKey: _, ...row }: Row): BackendView {
		const { secrets } = this.#options;
		const secret = secretOf(row.id);
		const key = secrets.get(secret) !== null ? 'kept' : secrets.isKept(secret) ? 'lost' : 'none';
		return { ...row, key, keptIn: secrets.keptIn(secret), place: placeOf(row.endpoint) };
	}

	#changed(row: Row): BackendView {
		for (const listener of this.#listeners) listener();
		return this.#view(row);
	}
}

function refuseTaken(tx: Tx, { id, name, nameKey }: Row): void {
	const other = tx
		.select({ id: backend.id })
		.from(backend)
		.where(and(eq(backend.nameKey, nameKey), ne(backend.id, id)))
		.get();
	if (other) throw failure('NAME_TAKEN', { name });
}

const secretOf = (id: string) => `backend:${id}`;
const keyOf = (name: string) => name.normalize('NFKC').toLowerCase();

/** An address without a path gets the one that its kind usually has: `http://127.0.0.1:11434` is where an Ollama is, not where its API is. */
function completed(endpoint: string, kind: Row['kind']): string {
	const url = new URL(endpoint);
	const usual = usualBackends[kind].endpoint;
	if (url.pathname === '/') url.pathname = usual === '' ? '/v1' : new URL(usual).pathname;
	return url.href.replace(/\/+$/, '');
}

function placeOf(endpoint: string): BackendView['place'] {
	const { hostname, protocol } = new URL(endpoint);
	if (isLoopbackHost(hostname)) return 'machine';
	return protocol === 'http:' || isNearHost(hostname) ? 'network' : 'elsewhere';
}

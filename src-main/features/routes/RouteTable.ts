import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { and, asc, eq, ne } from 'drizzle-orm';
import { failure } from '#contract/errors.ts';
import type { RouteFields, RouteTarget } from '#contract/routes.ts';
import { type Db, immediate, type Tx } from '../../platform/database/openDatabase.ts';
import { route, routeTarget } from './schema.ts';

export type StoredTarget = RouteTarget & { id: string };
export type StoredRoute = Omit<RouteFields, 'targets'> & { id: string; createdAt: number; targets: StoredTarget[] };

/** The routes as they are stored. */
export class RouteTable {
	readonly #db: Db;
	readonly #modelNames: () => string[];
	readonly #now: () => number;

	/** @param options.modelNames what no new name of a route may be: programs ask for both by name. */
	constructor({ db, modelNames, now }: { db: Db; modelNames: () => string[]; now: () => number }) {
		this.#db = db;
		this.#modelNames = modelNames;
		this.#now = now;
	}

	/** All of them by their names, with their targets in order. */
	list(): StoredRoute[] {
		const targets = this.#db.select().from(routeTarget).orderBy(asc(routeTarget.position)).all();
		const rows = this.#db.select().from(route).orderBy(asc(route.nameKey)).all();
		return rows.map(({ id, name, strategy, fallbackId, mostAtWork, mostWaiting, createdAt }) => ({
			...{ id, name, strategy, fallbackId, mostAtWork, mostWaiting, createdAt },
			targets: targets
				.filter(({ routeId }) => routeId === id)
				.map(({ id: targetId, source, weight, price, isEnabled }) => ({ id: targetId, source, weight, price, isEnabled })),
		}));
	}

	/** Stores a new route, or all fields of one that is there. Throws ROUTE_NAME_TAKEN, ROUTE_LOOP and NOT_FOUND (`what`: route). */
	save(routeId: string | null, { targets, ...fields }: RouteFields): string {
		return immediate(this.#db, (tx) => {
			const id = routeId ?? randomUUID();
			const nameKey = keyOf(fields.name);
			const other = and(eq(route.nameKey, nameKey), ne(route.id, id));
			if (tx.select({ id: route.id }).from(route).where(other).get()) throw failure('ROUTE_NAME_TAKEN', { name: fields.name, kind: 'route' });
			// A model may have been given a route's name since: that route can still be changed.
			const isKept = tx.select({ nameKey: route.nameKey }).from(route).where(eq(route.id, id)).get()?.nameKey === nameKey;
			if (!isKept && this.#modelNames().some((name) => keyOf(name) === nameKey)) throw failure('ROUTE_NAME_TAKEN', { name: fields.name, kind: 'model' });
			const row = { ...fields, nameKey };
			// A route that falls back on itself, or around others, would never end.
			refuseLoop(tx, { id, ...fields });
			if (routeId === null)
				tx.insert(route)
					.values({ id, ...row, createdAt: this.#now() })
					.run();
			else if (tx.update(route).set(row).where(eq(route.id, id)).run().changes === 0) throw failure('NOT_FOUND', { what: 'route' });
			replaceTargets(tx, id, targets);
			return id;
		});
	}

	/** Throws NOT_FOUND. */
	remove(routeId: string): void {
		if (this.#db.delete(route).where(eq(route.id, routeId)).run().changes === 0) throw failure('NOT_FOUND', { what: 'route' });
	}
}

/** A target with the source of one that was there keeps its id, and with it what is known of its health. */
function replaceTargets(tx: Tx, routeId: string, targets: readonly RouteTarget[]): void {
	const before = tx.select().from(routeTarget).where(eq(routeTarget.routeId, routeId)).all();
	tx.delete(routeTarget).where(eq(routeTarget.routeId, routeId)).run();
	for (const [position, target] of targets.entries()) {
		const at = before.findIndex(({ source }) => isDeepStrictEqual(source, target.source));
		const [kept] = at === -1 ? [] : before.splice(at, 1);
		tx.insert(routeTarget)
			.values({ id: kept?.id ?? randomUUID(), routeId, position, ...target })
			.run();
	}
}

function refuseLoop(tx: Tx, { id, name, fallbackId }: { id: string; name: string; fallbackId: string | null }): void {
	const names = [name];
	for (let nextId = fallbackId; nextId !== null; ) {
		if (nextId === id) throw failure('ROUTE_LOOP', { names });
		const next = tx.select().from(route).where(eq(route.id, nextId)).get();
		if (!next) throw failure('NOT_FOUND', { what: 'route' });
		names.push(next.name);
		nextId = next.fallbackId;
	}
}

/** Names that people take for the same are. */
function keyOf(name: string): string {
	return name.normalize('NFKC').toLowerCase();
}

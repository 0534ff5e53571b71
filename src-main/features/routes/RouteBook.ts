import { failure, isFailure } from '#contract/errors.ts';
import type { Model } from '#contract/library.ts';
import type { RouteView } from '#contract/routes.ts';
import { chooseNext, firstTurn, type Turn } from '../../platform/balance/chooseNext.ts';
import type { Engine, Models } from '../engine/engine.ts';
import type { RouteTable, StoredRoute } from './RouteTable.ts';
import type { BackendShelf } from './routes.ts';
import { Target } from './Target.ts';
import { viewTarget } from './viewTarget.ts';

/** Requests that a server elsewhere is given side by side where nothing else says how many. */
const backendParallel = 4;

export interface Route {
	stored: StoredRoute;
	targets: Target[];
	turn: Turn;
}

interface Options {
	table: RouteTable;
	engine: Pick<Models, 'usableBy'> & Pick<Engine, 'deployments'>;
	library: { get(modelId: string): Model };
	backends: BackendShelf;
	now: () => number;
}

/** The routes with what is known of their targets, and which of these may be asked now. */
export class RouteBook {
	readonly #options: Options;
	#routes: ReadonlyMap<string, Route> = new Map();

	constructor(options: Options) {
		this.#options = options;
		this.read();
	}

	get routes(): readonly Route[] {
		return [...this.#routes.values()];
	}

	get targets(): readonly Target[] {
		return this.routes.flatMap(({ targets }) => targets);
	}

	find(id: string): Route | undefined {
		return this.#routes.get(id);
	}

	/** The route, then those that it falls back on. */
	chain(route: Route): Route[] {
		const chain = [route];
		for (let next = this.#next(route); next && !chain.includes(next); next = this.#next(next)) chain.push(next);
		return chain;
	}

	#next({ stored: { fallbackId } }: Route): Route | undefined {
		return fallbackId === null ? undefined : this.#routes.get(fallbackId);
	}

	/** The target whose turn it is, of those that may be asked and were not tried. */
	choose(route: Route, ownerId: string, tried: ReadonlySet<string>): Target | undefined {
		const open = this.openTargets(route, ownerId);
		const choices = route.targets.map((target) => {
			const { weight, price } = target.stored;
			return { id: target.id, weight, price, active: target.active, isOpen: open.includes(target) && !tried.has(target.id) };
		});
		const { id, turn } = chooseNext(route.stored.strategy, choices, route.turn);
		route.turn = turn;
		return route.targets.find((target) => target.id === id);
	}

	/** The targets that may be asked now for this account. */
	openTargets({ targets }: Route, ownerId: string): Target[] {
		const mayUse = this.#options.engine.usableBy(ownerId);
		return targets.filter((target) => {
			const { source } = target.stored;
			return target.isOpen && this.#isThere(target) && (source.kind === 'backend' || mayUse(source.modelId));
		});
	}

	#isThere({ stored: { source } }: Target): boolean {
		if (source.kind === 'backend') return this.#options.backends.find(source.backendId)?.isEnabled === true;
		return this.#modelName(source.modelId) !== null;
	}

	#modelName(modelId: string): string | null {
		try {
			return this.#options.library.get(modelId).name;
		} catch (error) {
			if (isFailure(error, 'NOT_FOUND')) return null;
			throw error;
		}
	}

	/** The copies of a model of this machine that are loaded, or are to be. */
	copiesOf(ownerId: string, modelId: string) {
		return this.#options.engine.deployments(ownerId).filter((deployment) => deployment.modelId === modelId);
	}

	/** Requests that these targets of a route take side by side. */
	parallel({ stored: { mostAtWork } }: Route, open: readonly Target[], ownerId: string): number {
		const each = open.map(({ stored: { source } }) => {
			if (source.kind === 'backend') return backendParallel;
			return this.copiesOf(ownerId, source.modelId).reduce((sum, { state, plan }) => sum + (state === 'running' ? (plan?.parallel ?? 1) : 0), 0);
		});
		return Math.max(
			1,
			Math.min(
				mostAtWork ?? Number.POSITIVE_INFINITY,
				each.reduce((sum, parallel) => sum + parallel, 0),
			),
		);
	}

	/** What to tell whoever was answered by none: what the last one failed with, or when to come back. */
	downFor(route: Route, last: unknown): unknown {
		if (isFailure(last)) return last;
		const times = this.chain(route).flatMap(({ targets }) => targets.flatMap(({ breaker: { retryAt } }) => retryAt ?? []));
		const retryAfterMs = times.length === 0 ? 1000 : Math.max(1000, Math.min(...times) - this.#options.now());
		return failure('ROUTE_DOWN', { name: route.stored.name, retryAfterMs }, last);
	}

	/** Takes the routes as they are stored, with what is known of those that were there. */
	read(): void {
		const before = new Map([...this.#routes.values()].flatMap(({ targets }) => targets.map((target) => [target.id, target] as const)));
		this.#routes = new Map(
			this.#options.table.list().map((stored) => {
				const targets = stored.targets.map((each) => {
					const target = before.get(each.id) ?? new Target(each, this.#options.now);
					target.stored = each;
					return target;
				});
				return [stored.id, { stored, targets, turn: this.#routes.get(stored.id)?.turn ?? firstTurn }];
			}),
		);
	}

	/** `load`: what is at work and waits before it. Throws NOT_FOUND. */
	view(ownerId: string, routeId: string, load: { atWork: number; waiting: number }): RouteView {
		const route = this.#routes.get(routeId);
		if (!route) throw failure('NOT_FOUND', { what: 'route' });
		const { engine, backends } = this.#options;
		const { targets: _, createdAt: __, ...fields } = route.stored;
		const around = { backends, modelName: (id: string) => this.#modelName(id), deployments: engine.deployments(ownerId) };
		return { ...fields, ...load, targets: route.targets.map((target) => viewTarget(target, around)) };
	}
}

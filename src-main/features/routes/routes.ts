import { failure } from '#contract/errors.ts';
import type { Model, NamedModel } from '#contract/library.ts';
import type { OfferedRoute, RouteFields, RouteView } from '#contract/routes.ts';
import type { Db } from '../../platform/database/openDatabase.ts';
import type { Logger } from '../../platform/log/createLog.ts';
import type { Engine, GeneratePiece, GenerateRequest, Models, ReadyModel } from '../engine/engine.ts';
import { Admission, type Gate } from './Admission.ts';
import type { Backend } from './backends/Backend.ts';
import { Changes } from './Changes.ts';
import { faultOf } from './faultOf.ts';
import type { AnswerPatience } from './guardAnswer.ts';
import { HealthChecks } from './HealthChecks.ts';
import { type Route, RouteBook } from './RouteBook.ts';
import { RouteTable } from './RouteTable.ts';
import type { Target } from './Target.ts';
import { TargetAsking } from './TargetAsking.ts';

export type { Models } from '../engine/engine.ts';

/** Where the servers elsewhere are found that routes lead to. */
export interface BackendShelf {
	/** Null where there is none of this id any more. */
	find(backendId: string): { name: string; endpoint: string; isEnabled: boolean; backend: Backend } | null;
}

export interface RoutesOptions {
	db: Db;
	engine: Models & Pick<Engine, 'deployments'>;
	library: { get(modelId: string): Model; list(): Pick<Model, 'name' | 'kind'>[] };
	backends: BackendShelf;
	/** Answers again what a model elsewhere was asked before; left out: nothing is kept. */
	keepElsewhere?: (of: { backendId: string; endpoint: string; model: string }, generate: Models['generate']) => Models['generate'];
	log: Logger;
	now?: () => number;
	limits?: { mostAtWork: number; mostWaiting: number };
	patience?: AnswerPatience;
}

/** Requests of all routes and models together; more would be more than a machine's memory is for. */
const usualLimits = { mostAtWork: 128, mostWaiting: 512 };
/** What goes straight to a model of this machine passes no gate but the one that all pass. */
const straight: Gate = { id: '', mostAtWork: null, mostWaiting: 500 };
/** How often servers are asked how they are while somebody looks. */
const askEveryMs = 30_000;

/**
 * Models by routes: one name, behind which stand models of this machine and of servers elsewhere.
 *
 * It has the engine's own shape: an id that is no route's is a model's, and goes straight to the engine. A request goes to the target whose
 * turn it is; where that fails before the first piece, to the next, then to those of the route that this one falls back on; after the first
 * piece never, but for an answer that nobody reads before its end (`isWhole`). What fails again and again is left alone for a while. A route opens nothing that was closed: a model of this machine that an
 * account may not use is passed over for it.
 */
export class Routes implements Models {
	readonly #options: RoutesOptions;
	readonly #now: () => number;
	readonly #table: RouteTable;
	readonly #admission: Admission;
	readonly #health: HealthChecks;
	readonly #changes = new Changes();
	readonly #book: RouteBook;
	readonly #asking: TargetAsking;

	constructor(options: RoutesOptions) {
		this.#options = options;
		this.#now = options.now ?? Date.now;
		const modelNames = () =>
			options.library
				.list()
				.filter(({ kind }) => kind === 'model')
				.map(({ name }) => name);
		this.#table = new RouteTable({ db: options.db, modelNames, now: this.#now });
		this.#book = new RouteBook({ ...options, table: this.#table, now: this.#now });
		this.#asking = new TargetAsking(options);
		this.#admission = new Admission({ ...(options.limits ?? usualLimits), now: this.#now });
		this.#health = new HealthChecks({
			...{ log: options.log, now: this.#now, onChange: () => this.#changes.tell() },
			targets: () => this.#book.targets,
			backendOf: ({ stored: { source } }) => {
				if (source.kind !== 'backend') return null;
				const server = options.backends.find(source.backendId);
				return server && { ...server, id: source.backendId };
			},
		});
	}

	/** Whether an id is a route's. */
	has(id: string): boolean {
		return this.#book.find(id) !== undefined;
	}

	/** All routes, as other programs ask for them. */
	names(): { id: string; name: string; defaults: null; addedAt: number }[] {
		return this.#book.routes.map(({ stored: { id, name, createdAt } }) => ({ id, name, defaults: null, addedAt: createdAt }));
	}

	/** The names of the routes that lead to a backend. */
	leadingTo(backendId: string): string[] {
		const leads = ({ stored: { source } }: Target) => source.kind === 'backend' && source.backendId === backendId;
		return this.#book.routes.filter(({ targets }) => targets.some(leads)).map(({ stored }) => stored.name);
	}

	/** What a model or a route is called, and what its source advises. Throws NOT_FOUND. */
	get(id: string): NamedModel {
		const route = this.#book.find(id);
		return route ? { id, name: route.stored.name, defaults: null, fileName: '', fileState: 'present' } : this.#options.library.get(id);
	}

	mayUse(ownerId: string, modelId: string): boolean {
		return this.usableBy(ownerId)(modelId);
	}

	/** The rights to routes are kept with those to models, by their ids. */
	usableBy(ownerId: string): (modelId: string) => boolean {
		return this.#options.engine.usableBy(ownerId);
	}

	/** See `Engine.ensureRunning`; of a route one target has to be ready. */
	async ensureRunning(ownerId: string, modelId: string, signal?: AbortSignal): Promise<ReadyModel> {
		const { engine } = this.#options;
		const route = this.#find(ownerId, modelId);
		if (!route) return engine.ensureRunning(ownerId, modelId, signal);
		let last: unknown = null;
		for (const step of this.#book.chain(route)) {
			const open = this.#book.openTargets(step, ownerId);
			const isReady = ({ stored: { source } }: Target) =>
				source.kind === 'backend' || this.#book.copiesOf(ownerId, source.modelId).some(({ state }) => state === 'running');
			if (open.some(isReady)) return { modelName: route.stored.name, parallel: this.#book.parallel(step, open, ownerId) };
			for (const { stored } of open) {
				if (stored.source.kind !== 'local') continue;
				try {
					await engine.ensureRunning(ownerId, stored.source.modelId, signal);
					return { modelName: route.stored.name, parallel: this.#book.parallel(step, open, ownerId) };
				} catch (error) {
					signal?.throwIfAborted();
					last = error;
				}
			}
		}
		throw this.#book.downFor(route, last);
	}

	/** See `Engine.generate`. Throws what the last target failed with, ROUTE_DOWN where none may be asked, and TOO_BUSY. */
	async *generate({ isWhole = false, ...request }: GenerateRequest, signal?: AbortSignal): AsyncGenerator<GeneratePiece, void, void> {
		const { engine } = this.#options;
		const { ownerId, modelId } = request;
		const route = this.#find(ownerId, modelId);
		if (route)
			return yield* this.#run(route, ownerId, signal, (target) => {
				const pieces = this.#asking.answer(target, request, signal);
				return isWhole ? atItsEnd(pieces) : pieces;
			});
		const leave = await this.#admission.enter(ownerId, straight, signal);
		if (!leave) return yield aborted;
		try {
			yield* engine.generate(request, signal);
		} finally {
			leave();
		}
	}

	/** See `Engine.embed`. */
	async embed(ownerId: string, modelId: string, texts: string[], signal?: AbortSignal): Promise<number[][]> {
		const { engine } = this.#options;
		const route = this.#find(ownerId, modelId);
		if (!route) return engine.embed(ownerId, modelId, texts, signal);
		for await (const vectors of this.#run(route, ownerId, signal, (target) => this.#asking.embed(target, ownerId, texts, signal))) {
			if (Array.isArray(vectors)) return vectors;
		}
		signal?.throwIfAborted();
		throw this.#book.downFor(route, null);
	}

	/** As a model of this machine counts them that stands behind the route and is loaded; MODEL_NOT_RUNNING where there is none. */
	async countTokens(ownerId: string, modelId: string, text: string): Promise<number> {
		const { engine } = this.#options;
		const route = this.#find(ownerId, modelId);
		if (!route) return engine.countTokens(ownerId, modelId, text);
		for (const { stored } of this.#book.openTargets(route, ownerId)) {
			const { source } = stored;
			if (source.kind === 'local' && this.#book.copiesOf(ownerId, source.modelId).some(({ state }) => state === 'running'))
				return engine.countTokens(ownerId, source.modelId, text);
		}
		throw failure('MODEL_NOT_RUNNING', { name: route.stored.name });
	}

	/** The routes that an account may use. */
	offered(ownerId: string): OfferedRoute[] {
		const mayUse = this.usableBy(ownerId);
		return this.#book.routes
			.filter(({ stored }) => mayUse(stored.id))
			.map((route) => ({
				id: route.stored.id,
				name: route.stored.name,
				isUp: this.#book.chain(route).some((step) => this.#book.openTargets(step, ownerId).length > 0),
			}));
	}

	/** The same now, and again after each change. */
	watchOffered(ownerId: string, signal?: AbortSignal): AsyncGenerator<OfferedRoute[], void, void> {
		return this.#changes.follow(() => this.offered(ownerId), signal);
	}

	/** All routes, with the state of what is behind them. */
	list(ownerId: string): RouteView[] {
		return this.#book.routes.map(({ stored: { id } }) => this.#view(ownerId, id));
	}

	/** The same now, and again after each change; servers elsewhere are asked how they are meanwhile. */
	async *watch(ownerId: string, signal?: AbortSignal): AsyncGenerator<RouteView[], void, void> {
		const askAll = () => void this.#health.askAll(this.#book.targets);
		askAll();
		const timer = setInterval(askAll, askEveryMs);
		try {
			yield* this.#changes.follow(() => this.list(ownerId), signal);
		} finally {
			clearInterval(timer);
		}
	}

	/** Throws ROUTE_NAME_TAKEN, ROUTE_LOOP and NOT_FOUND for a route to fall back on. */
	create(ownerId: string, fields: RouteFields): RouteView {
		return this.#save(ownerId, null, fields);
	}

	/** Replaces all fields of a route. Throws as `create` does, and NOT_FOUND. */
	change(ownerId: string, routeId: string, fields: RouteFields): RouteView {
		return this.#save(ownerId, routeId, fields);
	}

	/** Throws NOT_FOUND. */
	remove(routeId: string): void {
		this.#table.remove(routeId);
		this.#book.read();
		this.#changes.tell();
	}

	/** Asks the servers behind a route how they are. Throws NOT_FOUND. */
	async check(ownerId: string, routeId: string): Promise<RouteView> {
		const route = this.#book.find(routeId);
		if (!route) throw failure('NOT_FOUND', { what: 'route' });
		await this.#health.askAll(route.targets);
		return this.#view(ownerId, routeId);
	}

	close(): void {
		this.#health.close();
	}

	/** The route of an id, or null where the id is a model's. One that this account may not use is not there. */
	#find(ownerId: string, id: string): Route | null {
		const route = this.#book.find(id) ?? null;
		if (route && !this.mayUse(ownerId, id)) throw failure('NOT_FOUND', { what: 'model' });
		return route;
	}

	/**
	 * Lets one target after another do `work` until one has begun to, through the gates of their routes. Ends with `aborted` where `signal`
	 * aborts before.
	 */
	async *#run<T>(
		route: Route,
		ownerId: string,
		signal: AbortSignal | undefined,
		work: (target: Target) => AsyncGenerator<T>,
	): AsyncGenerator<T | typeof aborted> {
		let last: unknown = null;
		for (const step of this.#book.chain(route)) {
			let leave: (() => void) | null;
			try {
				leave = await this.#admission.enter(ownerId, step.stored, signal);
			} catch (error) {
				// Another route may have room.
				last = error;
				continue;
			}
			if (!leave) return yield aborted;
			try {
				const tried = yield* this.#tryTargets(step, ownerId, signal, work);
				if (tried === 'answered') return;
				last = tried.error ?? last;
			} finally {
				leave();
				this.#changes.tell();
			}
		}
		throw this.#book.downFor(route, last);
	}

	/** Returns, where none of the targets has begun, what the last one failed with; null where none could be asked. */
	async *#tryTargets<T>(
		route: Route,
		ownerId: string,
		signal: AbortSignal | undefined,
		work: (target: Target) => AsyncGenerator<T>,
	): AsyncGenerator<T, 'answered' | { error: unknown }> {
		const tried = new Set<string>();
		let last: unknown = null;
		for (let target = this.#book.choose(route, ownerId, tried); target; target = this.#book.choose(route, ownerId, tried)) {
			tried.add(target.id);
			const attempt = target.begin();
			this.#changes.tell();
			let outcome: Parameters<typeof attempt.end>[0] = 'dropped';
			let hasBegun = false;
			try {
				for await (const piece of work(target)) {
					hasBegun = true;
					// Whoever stops reading says nothing of the target, but that it answered.
					if (!signal?.aborted) outcome = 'answered';
					yield piece;
				}
				return 'answered';
			} catch (error) {
				outcome = signal?.aborted ? 'dropped' : { error };
				if (hasBegun || signal?.aborted || faultOf(error) === 'request') throw error;
				this.#options.log.warn({ route: route.stored.id, target: target.id, err: error }, 'a target of a route did not answer');
				last = error;
			} finally {
				attempt.end(outcome);
				this.#health.used(target);
				this.#changes.tell();
			}
		}
		return { error: last };
	}

	#save(ownerId: string, routeId: string | null, fields: RouteFields): RouteView {
		const id = this.#table.save(routeId, fields);
		this.#book.read();
		this.#changes.tell();
		return this.#view(ownerId, id);
	}

	#view(ownerId: string, routeId: string): RouteView {
		return this.#book.view(ownerId, routeId, this.#admission.load(routeId));
	}
}

/** An answer that is told once it has come to its end, so that one which breaks off before was never begun; all of it with what it took. */
async function* atItsEnd(pieces: AsyncGenerator<GeneratePiece, void, void>): AsyncGenerator<GeneratePiece, void, void> {
	const all = await Array.fromAsync(pieces);
	const usage = all.at(-1)?.usage;
	for (const piece of all) yield usage ? { ...piece, usage } : piece;
}

const aborted: GeneratePiece = {
	type: 'end',
	finish: 'aborted',
	usage: { promptTokens: 0, reusedTokens: 0, completionTokens: 0, firstTokenMs: 0, tokensPerSecond: 0 },
};

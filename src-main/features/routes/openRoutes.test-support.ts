import { setTimeout } from 'node:timers/promises';
import { pino } from 'pino';
import { failure } from '#contract/errors.ts';
import type { Model } from '#contract/library.ts';
import { type RouteFields, routeFields, type TargetSource } from '#contract/routes.ts';
import { temporaryDatabase } from '../../platform/database/temporaryDatabase.ts';
import type { GeneratePiece } from '../engine/engine.ts';
import type { Backend, BackendRequest } from './backends/Backend.ts';
import { Routes, type RoutesOptions } from './routes.ts';

type Answer = (request: BackendRequest, signal?: AbortSignal) => AsyncGenerator<GeneratePiece, void, void>;

const usage = (promptTokens: number, completionTokens: number) => ({ promptTokens, completionTokens, reusedTokens: 0, firstTokenMs: 1, tokensPerSecond: 10 });
export const text = (content: string, completionTokens = 1): GeneratePiece => ({ type: 'text', text: content, spans: [], usage: usage(5, completionTokens) });
export const end = (completionTokens = 1): GeneratePiece => ({ type: 'end', finish: 'stop', usage: usage(5, completionTokens) });
const forever = () => new Promise<never>(() => {});

/** What servers elsewhere do, the good one and the others. */
export const behaviours = {
	async *answers() {
		yield text('good');
		yield end();
	},
	// biome-ignore lint/correctness/useYield: it never comes to that.
	async *refuses() {
		throw failure('SERVER_FAILED', { host: 'server', status: 500 });
	},
	// biome-ignore lint/correctness/useYield: it never comes to that.
	async *hasABug() {
		throw new TypeError('undefined is not a function');
	},
	// biome-ignore lint/correctness/useYield: it never comes to that.
	async *neverBegins() {
		await forever();
	},
	async *endsWithoutAnEnd() {},
	async *sendsGarbage() {
		// What a server sends may be anything.
		yield { type: 'text', text: 5, spans: 'none' } as unknown as GeneratePiece;
	},
	async *countsNonsense() {
		yield { ...text('x'), usage: { ...usage(5, 1), promptTokens: -7 } };
	},
	async *diesMidway() {
		yield text('half');
		throw failure('NETWORK_FAILED', { host: 'server', reason: 'broken' });
	},
	async *stallsMidway() {
		yield text('half');
		await forever();
	},
	async *turnsToGarbage() {
		yield text('half');
		yield 'nonsense' as unknown as GeneratePiece;
	},
	async *neverEnds() {
		for (let tokens = 1; ; tokens++) {
			yield text('more ', tokens);
			await setTimeout(1);
		}
	},
} satisfies Record<string, Answer>;

/** A server elsewhere that does as it is told, and remembers what it was asked. */
export class ServerDouble implements Backend {
	behave: Answer;
	asked = 0;
	checks = 0;
	isWell = true;

	constructor(behave: Answer = behaviours.answers) {
		this.behave = behave;
	}

	generate(request: BackendRequest, signal?: AbortSignal): AsyncGenerator<GeneratePiece, void, void> {
		this.asked++;
		return this.behave(request, signal);
	}

	async embed(_model: string, texts: readonly string[]): Promise<number[][]> {
		this.asked++;
		for await (const piece of this.behave({ model: '', ownerId: '', turns: [], sampling, maxTokens: 1 })) if (piece.type === 'end') break;
		return texts.map(() => [1, 2, 3]);
	}

	async listModels(): Promise<string[]> {
		return ['m'];
	}

	async check(): Promise<void> {
		this.checks++;
		if (!this.isWell) throw failure('NETWORK_FAILED', { host: 'server', reason: 'refused' });
	}
}

const sampling = { temperature: 0, topP: 1, topK: 1, minP: 0, repeatPenalty: 1, seed: 1 };
const noEngine: RoutesOptions['engine'] = {
	usableBy: () => () => true,
	mayUse: () => true,
	deployments: () => [],
	ensureRunning: async () => expectNothing(),
	generate: () => expectNothing(),
	embed: async () => expectNothing(),
	countTokens: async () => expectNothing(),
};
function expectNothing(): never {
	throw new Error('no model of this machine was to be asked');
}

/** Routes on a real database, before servers that are doubles; without `engine` there are no models of this machine. */
export function openRoutes(options: Partial<RoutesOptions> = {}) {
	const database = temporaryDatabase();
	const servers = new Map<string, ServerDouble>();
	let time = 1_000_000;
	const open = () =>
		new Routes({
			db: database.db,
			engine: noEngine,
			// Of the library's whole model only what is asked for here.
			library: {
				get: (id) => ({ id, name: `Model ${id}`, defaults: null, fileName: '', fileState: 'present' }) as unknown as Model,
				list: () => [
					{ name: 'Qwen 3', kind: 'model' },
					{ name: 'Ear', kind: 'adapter' },
				],
			},
			backends: {
				find: (id) => {
					const backend = servers.get(id);
					return backend ? { name: `Server ${id}`, endpoint: `http://${id}`, isEnabled: true, backend } : null;
				},
			},
			log: pino({ level: process.env.HOMEROOM_TEST_LOG ?? 'silent' }),
			now: () => time,
			patience: { firstMs: 60, nextMs: 60 },
			...options,
		});
	const routes = open();
	return {
		...{ routes, database, servers, open },
		after: (ms: number) => {
			time += ms;
		},
		/** Servers a, b, c … and a route before all of them. */
		route: (doubles: (Answer | ServerDouble)[], fields: Partial<RouteFields> = {}): string => {
			const targets = doubles.map((double, at) => {
				const backendId = `${fields.name ?? 'route'} ${'abcdef'[at]}`;
				servers.set(backendId, double instanceof ServerDouble ? double : new ServerDouble(double));
				const source: TargetSource = { kind: 'backend', backendId, model: 'm' };
				return { source, ...fields.targets?.[at] };
			});
			return routes.create('admin', routeFields.parse({ name: 'route', ...fields, targets })).id;
		},
		asked: () => [...servers.values()].map(({ asked }) => asked),
		close: () => {
			routes.close();
			database.remove();
		},
	};
}

/** A request to a route. */
export function askingRoute(modelId: string, more: Partial<Parameters<Routes['generate']>[0]> = {}) {
	return { modelId, ownerId: 'ann', turns: [{ role: 'user' as const, content: 'Hello' }], sampling, maxTokens: 40, ...more };
}

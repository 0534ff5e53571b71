import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './define.ts';
import { failureRecord } from './errors.ts';

/** Which target gets a request: the one with the least at work for its weight; each in turn; in turn by weight; the cheapest that there is. */
export const routeStrategy = z.enum(['leastBusy', 'roundRobin', 'weighted', 'cheapest']);
export type RouteStrategy = z.infer<typeof routeStrategy>;

/** What answers: a model of this machine, loaded when it is needed, or one of a server elsewhere. */
export const targetSource = z.discriminatedUnion('kind', [
	z.strictObject({ kind: z.literal('local'), modelId: z.string().max(200) }),
	z.strictObject({ kind: z.literal('backend'), backendId: z.string().max(200), model: z.string().min(1).max(300) }),
]);
export type TargetSource = z.infer<typeof targetSource>;

export const routeTarget = z.strictObject({
	source: targetSource,
	/** How much more than the others it can take. */
	weight: z.number().int().min(1).max(100).default(1),
	/** Of a million tokens, in any unit that all targets share. It decides which is cheapest, and is charged to nobody. */
	price: z.number().int().min(0).max(1_000_000_000).default(0),
	isEnabled: z.boolean().default(true),
});
export type RouteTarget = z.infer<typeof routeTarget>;

/** A name that requests go to in place of a model. */
export const routeFields = z.strictObject({
	name: z.string().trim().min(1).max(100),
	strategy: routeStrategy.default('leastBusy'),
	/** The route that takes over where none of the targets answers. */
	fallbackId: z.string().nullable().default(null),
	/** Requests at work side by side; null: as many as come. */
	mostAtWork: z.number().int().min(1).max(1000).nullable().default(null),
	/** Requests that wait for one of those to end; one account may take up half of them. */
	mostWaiting: z.number().int().min(0).max(500).default(100),
	targets: z.array(routeTarget).max(32).default([]),
});
export type RouteFields = z.infer<typeof routeFields>;

/**
 * How a target is. `ready`; `unloaded`: it will be loaded for the next request; `loading`; `down`: it failed and is left alone for a while;
 * `trying`: the next request finds out; `off`; `gone`: there is no such model or server any more.
 */
export const targetState = z.enum(['ready', 'unloaded', 'loading', 'down', 'trying', 'off', 'gone']);
export type TargetState = z.infer<typeof targetState>;

export const targetView = z.object({
	id: z.string(),
	...routeTarget.shape,
	/** What its model is called, and the server where it is one's. */
	name: z.string(),
	serverName: z.string().nullable(),
	state: targetState,
	/** Of a model in several copies, those that run; null for a server elsewhere. */
	replicas: z.object({ running: z.number().int(), all: z.number().int() }).nullable(),
	active: z.number().int(),
	/** Since the app was started. */
	answered: z.number().int(),
	failed: z.number().int(),
	/** When it is tried again; null where it is not left alone. */
	retryAt: z.number().int().nullable(),
	/** The last thing that it failed with, until it answers again. */
	failure: failureRecord.nullable(),
});
export type TargetView = z.infer<typeof targetView>;

export const routeView = z.object({
	id: z.string(),
	...routeFields.omit({ targets: true }).shape,
	targets: z.array(targetView),
	atWork: z.number().int(),
	waiting: z.number().int(),
});
export type RouteView = z.infer<typeof routeView>;

/** What everybody is told of a route that they may use. `isUp`: something behind it could answer. */
export const offeredRoute = z.object({ id: z.string(), name: z.string(), isUp: z.boolean() });
export type OfferedRoute = z.infer<typeof offeredRoute>;

const routeId = z.strictObject({ routeId: z.string() });
const saveFailures = ['ROUTE_NAME_TAKEN', 'ROUTE_LOOP'] as const;
const auditFields = ['strategy', 'fallbackId', 'mostAtWork', 'mostWaiting'] as const;

export const routes = {
	/** The routes that the caller may use, now and again after each change: where a model is asked for, the id of a route will do. */
	offered: procedure('viewer').output(eventIterator(z.array(offeredRoute))),
	/** All routes with the state of what is behind them, now and again after each change; while it is watched servers elsewhere are asked how they are. */
	watch: procedure('admin').output(eventIterator(z.array(routeView))),
	create: procedure('admin', saveFailures, { audit: 'made', auditFields }).input(routeFields).output(routeView),
	/** Replaces all fields. A target with the same source goes on with what is known of it. */
	change: procedure('admin', saveFailures, { audit: 'routeId', auditFields }).input(routeId.extend(routeFields.shape)).output(routeView),
	/** Takes a route away; those that fell back on it do not any more. */
	remove: procedure('admin', [], { audit: 'routeId' }).input(routeId).output(z.void()),
	/** Asks the servers behind a route how they are, and tries again what was left alone. */
	check: procedure('admin').input(routeId).output(routeView),
};

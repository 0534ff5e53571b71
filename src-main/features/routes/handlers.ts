import { contract } from '#contract/contract.ts';
import { handlersFor } from '../../platform/rpc/guard.ts';
import type { Routes } from './routes.ts';

export function routesHandlers(routes: Routes) {
	const on = handlersFor(contract.routes);
	return on.router({
		offered: on.offered.handler(async function* ({ context, signal }) {
			yield* routes.watchOffered(context.principal.accountId, signal);
		}),
		watch: on.watch.handler(async function* ({ context, signal }) {
			yield* routes.watch(context.principal.accountId, signal);
		}),
		create: on.create.handler(({ context, input }) => routes.create(context.principal.accountId, input)),
		change: on.change.handler(({ context, input: { routeId, ...fields } }) => routes.change(context.principal.accountId, routeId, fields)),
		remove: on.remove.handler(({ input }) => routes.remove(input.routeId)),
		check: on.check.handler(({ context, input }) => routes.check(context.principal.accountId, input.routeId)),
	});
}

import { contract } from '#contract/contract.ts';
import { handlersFor } from '../../platform/rpc/guard.ts';
import type { Market } from './market.ts';

/** Answers the contract's `market`: what is out there is the same for all, downloads are each caller's own. */
export function marketHandlers(market: Market) {
	const on = handlersFor(contract.market);
	return on.router({
		catalog: on.catalog.handler(({ context }) => market.catalog(context.principal.accountId)),
		search: on.search.handler(({ input }) => market.search(input)),
		show: on.show.handler(({ context, input }) => market.show(context.principal.accountId, input)),
		plan: on.plan.handler(({ context, input }) => market.plan(context.principal.accountId, input)),
		download: on.download.handler(({ input, context }) => market.download(context.principal.accountId, input)),
		repair: on.repair.handler(({ input, context }) => market.repair(context.principal.accountId, input.modelId)),
		watch: on.watch.handler(async function* ({ context, signal }) {
			yield* market.watch(context.principal.accountId, signal);
		}),
		testConnection: on.testConnection.handler(({ input }) => market.testConnection(input.source)),
		token: on.token.handler(() => market.token()),
		setToken: on.setToken.handler(({ input }) => market.setToken(input.token)),
	});
}

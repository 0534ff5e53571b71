import { contract } from '#contract/contract.ts';
import { handlersFor } from '../../platform/rpc/guard.ts';
import type { Market } from './market.ts';

/** Answers the contract's `market`: what is out there is the same for all, downloads are each caller's own. */
export function marketHandlers(market: Market) {
	const on = handlersFor(contract.market);
	return on.router({
		catalog: on.catalog.handler(() => market.catalog()),
		search: on.search.handler(({ input }) => market.search(input)),
		show: on.show.handler(({ input }) => market.show(input)),
		plan: on.plan.handler(({ input }) => market.plan(input)),
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

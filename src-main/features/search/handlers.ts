import { contract } from '#contract/contract.ts';
import { handlersFor } from '../../platform/rpc/guard.ts';
import type { Search } from './search.ts';

export function searchHandlers(search: Search) {
	const on = handlersFor(contract.search);
	return on.router({
		find: on.find.handler(({ context, input }) => search.find(context.principal.accountId, input.words, input.mostOfKind)),
	});
}

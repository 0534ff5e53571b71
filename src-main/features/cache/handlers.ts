import { contract } from '#contract/contract.ts';
import { handlersFor } from '../../platform/rpc/guard.ts';
import type { AnswerCache } from './cache.ts';

export function cacheHandlers(cache: AnswerCache) {
	const on = handlersFor(contract.cache);
	return on.router({
		kept: on.kept.handler(({ context: { principal } }) => cache.kept(principal.accountId, principal.role === 'admin')),
		clear: on.clear.handler(({ context: { principal } }) => {
			cache.clear(principal.accountId);
			return cache.kept(principal.accountId, principal.role === 'admin');
		}),
		clearAll: on.clearAll.handler(({ context: { principal } }) => {
			cache.clear(null);
			return cache.kept(principal.accountId, true);
		}),
	});
}

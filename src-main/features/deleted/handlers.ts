import { contract } from '#contract/contract.ts';
import { handlersFor } from '../../platform/rpc/guard.ts';
import type { Deleted } from './deleted.ts';

export function deletedHandlers(deleted: Deleted) {
	const on = handlersFor(contract.deleted);
	return on.router({
		list: on.list.handler(({ context }) => deleted.list(context.principal.accountId)),
		restore: on.restore.handler(({ context, input: { kind, thingId } }) => deleted.restore(context.principal.accountId, kind, thingId)),
		purge: on.purge.handler(({ context, input: { kind, thingId } }) => deleted.purge(context.principal.accountId, kind, thingId)),
		purgeAll: on.purgeAll.handler(({ context, input }) => deleted.purgeAll(context.principal.accountId, input.until)),
	});
}

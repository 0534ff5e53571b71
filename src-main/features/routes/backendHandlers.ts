import { contract } from '#contract/contract.ts';
import { handlersFor } from '../../platform/rpc/guard.ts';
import type { Backends } from './backends/Backends.ts';

export function backendHandlers(backends: Backends) {
	const on = handlersFor(contract.backends);
	return on.router({
		list: on.list.handler(() => backends.list()),
		add: on.add.handler(({ input }) => backends.add(input)),
		change: on.change.handler(({ input: { backendId, ...changes } }) => backends.change(backendId, changes)),
		remove: on.remove.handler(({ input }) => backends.remove(input.backendId)),
		test: on.test.handler(({ context, input, signal }) => backends.test(input.backendId, context.principal.accountId, signal)),
	});
}

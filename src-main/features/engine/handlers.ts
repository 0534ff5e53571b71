import { contract } from '#contract/contract.ts';
import { failure } from '#contract/errors.ts';
import { handlersFor, type Principal } from '../../platform/rpc/guard.ts';
import type { Engine, LoadOptions } from './engine.ts';

/** The handlers of `contract.engine`: what could end the work of others is for administrators. */
export function engineHandlers(engine: Engine) {
	const on = handlersFor(contract.engine);
	return on.router({
		machine: on.machine.handler(() => engine.machine()),
		plan: on.plan.handler(({ context, input }) => engine.plan(context.principal.accountId, input.modelId, input.wishes)),
		load: on.load.handler(({ context, input }) => {
			refuseForced(context.principal, input);
			return engine.load(context.principal.accountId, input.modelId, input);
		}),
		unload: on.unload.handler(({ context, input }) =>
			engine.unload(context.principal.accountId, input.deploymentId, { ifUnused: context.principal.role !== 'admin' }),
		),
		watch: on.watch.handler(async function* ({ context, signal }) {
			yield* engine.watch(context.principal.accountId, signal);
		}),
		countTokens: on.countTokens.handler(async ({ context, input }) => ({
			tokens: await engine.countTokens(context.principal.accountId, input.modelId, input.text),
		})),
	});
}

/** Throws FORBIDDEN where somebody else than an administrator asks for more memory than there is. */
function refuseForced({ role }: Principal, { anyway }: LoadOptions): void {
	if (role !== 'admin' && anyway) throw failure('FORBIDDEN', {});
}

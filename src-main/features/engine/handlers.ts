import { contract } from '#contract/contract.ts';
import { handlersFor } from '../../platform/rpc/guard.ts';
import type { Engine } from './engine.ts';

/** The handlers of `contract.engine`. */
export function engineHandlers(engine: Engine) {
	const on = handlersFor(contract.engine);
	return on.router({
		machine: on.machine.handler(() => engine.machine()),
		plan: on.plan.handler(({ input }) => engine.plan(input.modelId, input.wishes)),
		load: on.load.handler(({ input }) => engine.load(input.modelId, input)),
		unload: on.unload.handler(({ input }) => engine.unload(input.deploymentId)),
		watch: on.watch.handler(async function* ({ signal }) {
			yield* engine.watch(signal);
		}),
		countTokens: on.countTokens.handler(async ({ input }) => ({ tokens: await engine.countTokens(input.modelId, input.text) })),
	});
}

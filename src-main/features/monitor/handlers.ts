import { contract } from '#contract/contract.ts';
import { handlersFor } from '../../platform/rpc/guard.ts';
import type { Monitor } from './monitor.ts';

export function monitorHandlers(monitor: Monitor) {
	const on = handlersFor(contract.monitor);
	return on.router({
		watch: on.watch.handler(async function* ({ signal }) {
			yield* monitor.watch(signal);
		}),
		history: on.history.handler(({ input }) => monitor.history(input)),
		refusals: on.refusals.handler(() => monitor.refusals()),
		logs: on.logs.handler(async function* ({ input, signal }) {
			yield* monitor.logs(input, signal);
		}),
	});
}

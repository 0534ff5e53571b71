import { contract } from '#contract/contract.ts';
import { handlersFor } from '../../platform/rpc/guard.ts';
import type { Updates } from './updates.ts';

/** @param showProgram shows a kept installer to the person. */
export function updatesHandlers(updates: Updates, showProgram: (file: string) => void | Promise<void> = () => {}) {
	const on = handlersFor(contract.updates);
	return on.router({
		watch: on.watch.handler(async function* ({ signal }) {
			yield* updates.watch(signal);
		}),
		look: on.look.handler(() => void updates.look()),
		fetch: on.fetch.handler(() => void updates.download()),
		stop: on.stop.handler(() => updates.stop()),
		install: on.install.handler(() => updates.install()),
		goBack: on.goBack.handler(() => updates.goBack((program) => (program === null ? undefined : showProgram(program)))),
	});
}

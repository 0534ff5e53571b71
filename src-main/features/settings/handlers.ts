import { contract } from '#contract/contract.ts';
import type { Settings as SettingsShape } from '#contract/settings.ts';
import { handlersFor } from '../../platform/rpc/guard.ts';
import type { Settings } from './settings.ts';

export function settingsHandlers(settings: Settings) {
	const on = handlersFor(contract.settings);
	return on.router({
		get: on.get.handler(({ context }) => settings.shownTo(context.principal)),
		// zod's optional keys may be present and undefined; `set` passes those over.
		watch: on.watch.handler(async function* ({ context, signal }) {
			yield* settings.watch(context.principal, signal);
		}),
		set: on.set.handler(({ context, input }) => settings.set(context.principal, input as Partial<SettingsShape>)),
	});
}

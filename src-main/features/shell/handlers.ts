import { contract } from '#contract/contract.ts';
import { failure } from '#contract/errors.ts';
import { type CallContext, handlersFor } from '../../platform/rpc/guard.ts';
import type { Shell } from './shell.ts';

/** @param host what of the window is there. */
export function shellHandlers(shell: Shell, host: { print?(): void; savePdf?(name: string): Promise<boolean> }) {
	const on = handlersFor(contract.shell);
	return on.router({
		errands: on.errands.handler(async function* ({ context, signal }) {
			refuseElsewhere(context);
			yield* shell.errands.watch(signal);
		}),
		takeErrand: on.takeErrand.handler(({ context, input }) => {
			refuseElsewhere(context);
			return shell.errands.take(input.id, (file) => shell.recent.remember(context.principal.accountId, file));
		}),
		recentFiles: on.recentFiles.handler(({ context }) => {
			refuseElsewhere(context);
			return shell.recent.list(context.principal.accountId);
		}),
		reopenFile: on.reopenFile.handler(({ context, input }) => {
			refuseElsewhere(context);
			shell.reopen(context.principal.accountId, input.id);
		}),
		forgetFiles: on.forgetFiles.handler(({ context }) => {
			refuseElsewhere(context);
			shell.recent.forgetAll(context.principal.accountId);
		}),
		print: on.print.handler(({ context }) => {
			refuseElsewhere(context);
			host.print?.();
		}),
		savePdf: on.savePdf.handler(async ({ context, input }) => {
			refuseElsewhere(context);
			return { saved: (await host.savePdf?.(input.name)) ?? false };
		}),
		crashes: on.crashes.handler(() => shell.crashes.list()),
		removeCrashes: on.removeCrashes.handler(({ input }) => {
			shell.crashes.remove(input.ids);
			return shell.crashes.list();
		}),
	});
}

/** What the person at the machine opened is for the window before them. */
function refuseElsewhere({ origin }: Pick<CallContext, 'origin'>): void {
	if (origin !== 'window') throw failure('NOT_HERE', {});
}

import { finetuneRuns } from '#contract/finetune.ts';
import { handlersFor } from '../../platform/rpc/guard.ts';
import type { Runs } from './Runs.ts';

export function runHandlers(runs: Runs) {
	const on = handlersFor(finetuneRuns);
	return on.router({
		watchRuns: on.watchRuns.handler(async function* ({ context, signal }) {
			yield* runs.watchAll(context.principal.accountId, signal);
		}),
		watchRun: on.watchRun.handler(async function* ({ context, input, signal }) {
			yield* runs.watch(context.principal.accountId, input.runId, { step: input.afterStep, line: input.afterLine }, signal);
		}),
		estimateRun: on.estimateRun.handler(async function* ({ context, input, signal }) {
			yield* runs.estimate(context.principal.accountId, input, signal);
		}),
		startRun: on.startRun.handler(({ context, input }) => runs.start(context.principal.accountId, input)),
		runComparisons: on.runComparisons.handler(({ context, input }) => runs.comparisons(context.principal.accountId, input.runId)),
		removeRun: on.removeRun.handler(({ context, input }) => runs.remove(context.principal.accountId, input.runId)),
		restoreRun: on.restoreRun.handler(({ context, input }) => runs.restore(context.principal.accountId, input.runId)),
	});
}

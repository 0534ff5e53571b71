import { contract } from '#contract/contract.ts';
import type { JobRunner } from '../../platform/jobs/JobRunner.ts';
import { handlersFor } from '../../platform/rpc/guard.ts';

/** Answers the contract's `jobs`: each caller sees and changes their own jobs only. */
export function jobsHandlers(jobs: JobRunner) {
	const on = handlersFor(contract.jobs);
	return on.router({
		list: on.list.handler(({ context }) => jobs.list(context.principal.accountId)),
		watch: on.watch.handler(async function* ({ context, signal }) {
			yield* jobs.watch(context.principal.accountId, signal);
		}),
		failedItems: on.failedItems.handler(({ context, input }) => jobs.failedItems(context.principal.accountId, input.jobId)),
		pause: on.pause.handler(({ context, input }) => jobs.pause(context.principal.accountId, input.jobId)),
		resume: on.resume.handler(({ context, input }) => jobs.resume(context.principal.accountId, input.jobId)),
		cancel: on.cancel.handler(({ context, input }) => jobs.cancel(context.principal.accountId, input.jobId)),
		runNext: on.runNext.handler(({ context, input }) => jobs.runNext(context.principal.accountId, input.jobId)),
		dismiss: on.dismiss.handler(({ context, input }) => jobs.dismiss(context.principal.accountId, input.jobId)),
		retry: on.retry.handler(({ context, input }) => jobs.retry(context.principal.accountId, input.jobId)),
	});
}

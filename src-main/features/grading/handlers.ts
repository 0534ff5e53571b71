import type { Inputs } from '#contract/contract.ts';
import { contract } from '#contract/contract.ts';
import { handlersFor } from '../../platform/rpc/guard.ts';
import type { Grading, TableOrder } from './grading.ts';

export function gradingHandlers(grading: Grading) {
	const on = handlersFor(contract.grading);
	return on.router({
		preview: on.preview.handler(async ({ context, input }) => grading.preview(context.principal.accountId, await readOrder(input), input.mapping)),
		create: on.create.handler(async ({ context, input }) => grading.create(context.principal.accountId, input.fields, await readOrder(input), input.mapping)),
		list: on.list.handler(({ context }) => grading.list(context.principal.accountId)),
		get: on.get.handler(({ context, input }) => grading.get(context.principal.accountId, input.assignmentId)),
		change: on.change.handler(({ context, input }) => grading.change(context.principal.accountId, input.assignmentId, input.fields)),
		remove: on.remove.handler(({ context, input }) => grading.remove(context.principal.accountId, input.assignmentId)),
		restore: on.restore.handler(({ context, input }) => grading.restore(context.principal.accountId, input.assignmentId)),
		submissions: on.submissions.handler(({ context, input }) => grading.submissions(context.principal.accountId, input.assignmentId)),
		watch: on.watch.handler(async function* ({ context, input, signal }) {
			yield* grading.watch(context.principal.accountId, input.assignmentId, signal);
		}),
		estimate: on.estimate.handler(({ context, input }) =>
			grading.estimate(context.principal.accountId, input.assignmentId, input.modelId, input.again, input.adapter),
		),
		start: on.start.handler(({ context, input }) => grading.start(context.principal.accountId, input.assignmentId, input.modelId, input.again, input.adapter)),
		setMark: on.setMark.handler(({ context, input }) => grading.setMark(context.principal.accountId, input.submissionId, input.score, input.feedback)),
		clearMark: on.clearMark.handler(({ context, input }) => grading.clearMark(context.principal.accountId, input.submissionId)),
		export: on.export.handler(({ context, input }) => grading.export(context.principal.accountId, input.assignmentId)),
	});
}

/** A file arrives as a `File`; what reads tables knows bytes. */
async function readOrder({ source, encoding, delimiter }: Inputs['grading']['preview']): Promise<TableOrder> {
	return { input: 'text' in source ? source : { bytes: new Uint8Array(await source.file.arrayBuffer()) }, encoding, delimiter };
}

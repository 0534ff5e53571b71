import type { Inputs } from '#contract/contract.ts';
import { contract } from '#contract/contract.ts';
import { handlersFor } from '../../platform/rpc/guard.ts';
import type { Grading } from './grading.ts';
import type { AnswerSource } from './intake/AnswerIntake.ts';
import type { AnswerTableOrder } from './intake/readAnswerTable.ts';

export function gradingHandlers(grading: Grading) {
	const on = handlersFor(contract.grading);
	return on.router({
		preview: on.preview.handler(async ({ context, input: { source, mapping, likeAssignmentId, ...reading } }) =>
			grading.preview(context.principal.accountId, { ...(await readTableSource(source)), ...reading }, mapping, likeAssignmentId),
		),
		sendFiles: on.sendFiles.handler(async ({ context, input }) => ({
			pileId: await grading.sendFiles(context.principal.accountId, input.pileId, input.files),
		})),
		previewFiles: on.previewFiles.handler(async function* ({ context, input, signal }) {
			yield* grading.previewFiles(context.principal.accountId, input.pileId, signal);
		}),
		create: on.create.handler(async ({ context, input: { fields, questions, source, mapping, ...reading } }) => {
			return grading.create(context.principal.accountId, fields, questions, await readSource(source, reading), mapping);
		}),
		previewAddition: on.previewAddition.handler(async ({ context, input: { assignmentId, source, mapping, places, modelId, ...reading } }) => {
			const order = { source: await readSource(source, reading), mapping, places };
			return grading.additions.preview(context.principal.accountId, assignmentId, order, modelId);
		}),
		addAnswers: on.addAnswers.handler(async ({ context, input: { assignmentId, source, mapping, places, replace, ...reading } }) => {
			const order = { source: await readSource(source, reading), mapping, places };
			return grading.additions.add(context.principal.accountId, assignmentId, order, replace);
		}),
		takeBackAdded: on.takeBackAdded.handler(({ context, input }) =>
			grading.additions.takeBack(context.principal.accountId, input.assignmentId, input.additionId),
		),
		list: on.list.handler(({ context }) => grading.list(context.principal.accountId)),
		countFeedback: on.countFeedback.handler(({ context }) => grading.countFeedback(context.principal.accountId)),
		get: on.get.handler(({ context, input }) => grading.get(context.principal.accountId, input.assignmentId)),
		change: on.change.handler(({ context, input }) => grading.change(context.principal.accountId, input.assignmentId, input.fields)),
		remove: on.remove.handler(({ context, input }) => grading.remove(context.principal.accountId, input.assignmentId)),
		restore: on.restore.handler(({ context, input }) => grading.restore(context.principal.accountId, input.assignmentId)),
		changeQuestion: on.changeQuestion.handler(({ context, input: { assignmentId, questionId, fields } }) =>
			grading.changeQuestion(context.principal.accountId, assignmentId, questionId, fields),
		),
		marksAfter: on.marksAfter.handler(({ context, input: { assignmentId, questionId, fields } }) =>
			grading.marksAfter(context.principal.accountId, assignmentId, questionId, fields),
		),
		suggestCheck: on.suggestCheck.handler(({ input }) => grading.suggestCheck(input.text, input.key)),
		readsCheck: on.readsCheck.handler(async ({ input }) => {
			const { readsCheck } = await import('./check/readsCheck.ts');
			return readsCheck(input);
		}),
		draftCost: on.draftCost.handler(({ context, input }) => ({ tokens: grading.drafts.estimate(context.principal.accountId, input) })),
		draftRubric: on.draftRubric.handler(async function* ({ context, input, signal }) {
			yield* grading.drafts.write(context.principal.accountId, input, signal);
		}),
		answers: on.answers.handler(({ context, input }) => grading.answers(context.principal.accountId, input.assignmentId, input.questionId)),
		history: on.history.handler(({ context, input }) => grading.history(context.principal.accountId, input.answerId)),
		watch: on.watch.handler(async function* ({ context, input, signal }) {
			yield* grading.watch(context.principal.accountId, input.assignmentId, signal);
		}),
		estimate: on.estimate.handler(({ context, input: { assignmentId, ...order } }) => grading.estimate(context.principal.accountId, assignmentId, order)),
		start: on.start.handler(({ context, input: { assignmentId, ...order } }) => grading.start(context.principal.accountId, assignmentId, order)),
		setMark: on.setMark.handler(({ context, input: { answerId, ...given } }) => grading.marks.set(context.principal.accountId, answerId, given)),
		clearMark: on.clearMark.handler(({ context, input }) => grading.marks.clear(context.principal.accountId, input.answerId, input.marker)),
		accept: on.accept.handler(({ context, input }) =>
			grading.marks.accept(context.principal.accountId, input.assignmentId, input.questionId, input.leastConfidence),
		),
		unaccept: on.unaccept.handler(({ context, input }) => grading.marks.unaccept(context.principal.accountId, input.assignmentId, input.answerIds)),
		export: on.export.handler(async ({ context, input: { assignmentId, ...order }, signal }) => {
			const { fileName, mediaType, bytes } = await grading.report.export(context.principal.accountId, assignmentId, order, signal);
			return { fileName, file: new File([Buffer.from(bytes)], fileName, { type: mediaType }) };
		}),
		unprintable: on.unprintable.handler(({ context, input, signal }) =>
			grading.report.unprintable(context.principal.accountId, input.assignmentId, input.counting, signal),
		),
		unsettled: on.unsettled.handler(({ context, input }) => grading.report.unsettled(context.principal.accountId, input.assignmentId)),
		agreement: on.agreement.handler(({ context, input }) => grading.report.agreement(context.principal.accountId, input.assignmentId, input.questionId)),
		statistics: on.statistics.handler(({ context, input }) => grading.report.statistics(context.principal.accountId, input.assignmentId, input.counting)),
		mistakes: on.mistakes.handler(({ context, input }) =>
			grading.report.mistakes(context.principal.accountId, input.assignmentId, input.questionId, input.counting),
		),
		likeAnswers: on.likeAnswers.handler(({ context, input }) => grading.report.likeAnswers(context.principal.accountId, input.assignmentId, input.questionId)),
		setMarks: on.setMarks.handler(({ context, input }) => grading.marks.setMany(context.principal.accountId, input.assignmentId, input.marks)),
		comments: on.comments.handler(({ context }) => grading.comments.list(context.principal.accountId)),
		addComment: on.addComment.handler(({ context, input }) => grading.comments.add(context.principal.accountId, input.text)),
		removeComment: on.removeComment.handler(({ context, input }) => grading.comments.remove(context.principal.accountId, input.commentId)),
	});
}

/** A pile is here already; a table is read as it is wished. */
async function readSource(source: Inputs['grading']['create']['source'], reading: Omit<AnswerTableOrder, 'input' | 'fileName'>): Promise<AnswerSource> {
	return 'pileId' in source ? source : { ...(await readTableSource(source)), ...reading };
}

/** A file arrives as a `File`; what reads tables knows bytes. */
async function readTableSource(source: Inputs['grading']['preview']['source']): Promise<AnswerTableOrder> {
	return 'text' in source ? { input: source } : { input: { bytes: new Uint8Array(await source.file.arrayBuffer()) }, fileName: source.fileName };
}

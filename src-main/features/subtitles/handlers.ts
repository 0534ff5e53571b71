import type { Inputs } from '#contract/contract.ts';
import { contract } from '#contract/contract.ts';
import { handlersFor } from '../../platform/rpc/guard.ts';
import type { SubtitleSource } from './readSubtitleFile.ts';
import type { Subtitles } from './subtitles.ts';

/** A list of more helps nobody; the file has them all. */
const mostReported = 500;

export function subtitlesHandlers(subtitles: Subtitles) {
	const on = handlersFor(contract.subtitles);
	const { glossaries } = subtitles;
	return on.router({
		preview: on.preview.handler(async ({ context, input }) => subtitles.intake.preview(context.principal.accountId, await readSource(input))),
		create: on.create.handler(async ({ context, input: { fields, source, newGlossary } }) =>
			subtitles.intake.create(context.principal.accountId, fields, await readSource(source), newGlossary),
		),
		film: on.film.handler(({ input }) => subtitles.intake.film(input.path)),
		filmFont: on.filmFont.handler(async ({ input }) => {
			const { fileName, bytes } = await subtitles.intake.filmFont(input.path, input.at);
			return { fileName, file: new File([Buffer.from(bytes)], fileName, { type: 'application/octet-stream' }) };
		}),
		createFromFilm: on.createFromFilm.handler(({ context, input, signal }) => subtitles.intake.createFromFilm(context.principal.accountId, input, signal)),
		listen: on.listen.handler(({ context, input }) => subtitles.intake.listen(context.principal.accountId, input)),
		list: on.list.handler(({ context }) => subtitles.list(context.principal.accountId)),
		get: on.get.handler(({ context, input }) => subtitles.get(context.principal.accountId, input.projectId)),
		change: on.change.handler(({ context, input }) => subtitles.change(context.principal.accountId, input.projectId, input.fields)),
		remove: on.remove.handler(({ context, input }) => subtitles.remove(context.principal.accountId, input.projectId)),
		restore: on.restore.handler(({ context, input }) => subtitles.restore(context.principal.accountId, input.projectId)),
		cues: on.cues.handler(({ context, input }) => subtitles.cues(context.principal.accountId, input.projectId, input.from, input.limit)),
		watch: on.watch.handler(async function* ({ context, input, signal }) {
			yield* subtitles.watch(context.principal.accountId, input.projectId, signal);
		}),
		edit: on.edit.handler(({ context, input }) => subtitles.edit(context.principal.accountId, input.projectId, input.changes, input.continues)),
		replace: on.replace.handler(({ context, input: { projectId, ...order } }) => subtitles.replace(context.principal.accountId, projectId, order)),
		undo: on.undo.handler(({ context, input }) => subtitles.undo(context.principal.accountId, input.projectId)),
		redo: on.redo.handler(({ context, input }) => subtitles.redo(context.principal.accountId, input.projectId)),
		versions: on.versions.handler(({ context, input }) => subtitles.versions(context.principal.accountId, input.projectId, input.cueId)),
		estimate: on.estimate.handler(({ context, input: { projectIds, ...order } }) => subtitles.estimate(context.principal.accountId, projectIds, order)),
		start: on.start.handler(({ context, input: { projectIds, ...order } }) => subtitles.start(context.principal.accountId, projectIds, order)),
		retranslate: on.retranslate.handler(async function* ({ context, input: { projectId, ...order }, signal }) {
			yield* subtitles.retranslate(context.principal.accountId, projectId, order, signal);
		}),
		retime: on.retime.handler(async ({ context, input: { projectId, order, cueIds } }) => {
			const read = order.kind === 'sync' ? { ...order, reference: await readSource(order.reference) } : order;
			return await subtitles.retime(context.principal.accountId, projectId, read, cueIds);
		}),
		report: on.report.handler(({ context, input }) => {
			const { cues, reported } = subtitles.files.report(context.principal.accountId, input.projectId);
			const first = reported.slice(0, mostReported).map(({ cue, findings, risk }) => ({ cueId: cue.id, findings, risk }));
			return { cues, found: reported.length, reported: first };
		}),
		saveReport: on.saveReport.handler(({ context, input }) => {
			const { fileName, text } = subtitles.files.saveReport(context.principal.accountId, input.projectId, input.form, input.language);
			return { fileName, file: new File([text], fileName, { type: input.form === 'html' ? 'text/html' : 'text/csv' }) };
		}),
		memoryHits: on.memoryHits.handler(({ context, input }) => subtitles.memoryHits(context.principal.accountId, input.projectId, input.cueId)),
		save: on.save.handler(async ({ context, input: { projectId, ...order } }) => {
			const { fileName, bytes, uncarried } = await subtitles.files.save(context.principal.accountId, projectId, order);
			return { fileName, uncarried, file: new File([Buffer.from(bytes)], fileName, { type: 'application/octet-stream' }) };
		}),

		glossaries: on.glossaries.handler(({ context }) => glossaries.list(context.principal.accountId)),
		createGlossary: on.createGlossary.handler(({ context, input }) => glossaries.create(context.principal.accountId, input.name)),
		renameGlossary: on.renameGlossary.handler(({ context, input }) => glossaries.rename(context.principal.accountId, input.glossaryId, input.name)),
		removeGlossary: on.removeGlossary.handler(({ context, input }) => glossaries.remove(context.principal.accountId, input.glossaryId)),
		terms: on.terms.handler(({ context, input }) => glossaries.terms(context.principal.accountId, input.glossaryId)),
		addTerms: on.addTerms.handler(({ context, input }) => glossaries.addTerms(context.principal.accountId, input.glossaryId, input.terms)),
		changeTerm: on.changeTerm.handler(({ context, input: { glossaryId, termId, fields, state } }) =>
			glossaries.changeTerm(context.principal.accountId, glossaryId, termId, fields, state),
		),
		settleTerms: on.settleTerms.handler(({ context, input: { glossaryId, termIds, state } }) =>
			glossaries.settleTerms(context.principal.accountId, glossaryId, termIds, state),
		),
		removeTerm: on.removeTerm.handler(({ context, input }) => glossaries.removeTerm(context.principal.accountId, input.glossaryId, input.termId)),
		importTerms: on.importTerms.handler(async ({ context, input }) =>
			glossaries.importTerms(context.principal.accountId, input.glossaryId, new Uint8Array(await input.file.arrayBuffer())),
		),
		saveTerms: on.saveTerms.handler(({ context, input }) => {
			const { fileName, text } = glossaries.saveTerms(context.principal.accountId, input.glossaryId);
			return { fileName, file: new File([text], fileName, { type: 'text/csv' }) };
		}),
	});
}

/** A file arrives as a `File`; what reads subtitles knows bytes. */
async function readSource({ file, ...more }: Inputs['subtitles']['preview']): Promise<SubtitleSource> {
	return { bytes: new Uint8Array(await file.arrayBuffer()), ...more };
}

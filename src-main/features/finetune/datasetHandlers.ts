import { finetuneDatasets } from '#contract/finetune.ts';
import { handlersFor } from '../../platform/rpc/guard.ts';
import type { Datasets } from './Datasets.ts';

export function datasetHandlers(datasets: Datasets) {
	const on = handlersFor(finetuneDatasets);
	return on.router({
		watchDatasets: on.watchDatasets.handler(async function* ({ context, signal }) {
			yield* datasets.watch(context.principal.accountId, signal);
		}),
		previewDataset: on.previewDataset.handler(({ context, input }) => datasets.preview(context.principal.accountId, input.source)),
		createDataset: on.createDataset.handler(({ context, input }) => datasets.create(context.principal.accountId, input.title, input.source)),
		addVersion: on.addVersion.handler(({ context, input }) => datasets.addVersion(context.principal.accountId, input.datasetId, input.source, input.extend)),
		renameDataset: on.renameDataset.handler(({ context, input }) => datasets.rename(context.principal.accountId, input.datasetId, input.title)),
		removeDataset: on.removeDataset.handler(({ context, input }) => datasets.remove(context.principal.accountId, input.datasetId)),
		restoreDataset: on.restoreDataset.handler(({ context, input }) => datasets.restore(context.principal.accountId, input.datasetId)),
		datasetExamples: on.datasetExamples.handler(({ context, input }) =>
			datasets.examples(context.principal.accountId, input.versionId, input.from, input.count),
		),
		datasetProblems: on.datasetProblems.handler(({ context, input }) => datasets.problems(context.principal.accountId, input.versionId)),
		datasetTokens: on.datasetTokens.handler(async function* ({ context, input, signal }) {
			yield* datasets.tokens(context.principal.accountId, input.versionId, input.modelId, signal);
		}),
		exportDataset: on.exportDataset.handler(({ context, input }) => datasets.export(context.principal.accountId, input.versionId)),
	});
}

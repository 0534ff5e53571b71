import type { Run } from '#contract/finetune.ts';
import { settingsOfIntent } from '#contract/settingsOfIntent.ts';
import { fieldsOf } from './settingFields.ts';

/** What a form was filled from: the name then counts for this dataset alone. */
export interface FilledFrom {
	title: string;
	/** Null once the dataset is gone for good. */
	datasetId: string | null;
}

/**
 * What the form asks for to do a run once more. Rows that were made shorter, since its examples needed no more or it did not fit, are asked
 * for as the intent advises: other examples, or a machine with more room, may take longer ones.
 */
export function formOfRun(run: Run) {
	const rowTokens = Math.max(run.settings.rowTokens, settingsOfIntent(run.intent).rowTokens);
	return {
		title: run.title,
		modelId: run.modelId,
		versionId: run.dataset?.versionId ?? null,
		intent: run.intent,
		task: run.task,
		fields: fieldsOf({ ...run.settings, rowTokens }),
		from: { title: run.title, datasetId: run.dataset?.id ?? null } satisfies FilledFrom,
	};
}

/** The name that stays when a dataset is chosen: not the one of a run with another dataset, which would become a version of its adapter. */
export function titleFor(datasetId: string, { title, from }: { title: string; from: FilledFrom | null }): string {
	return from !== null && title === from.title && datasetId !== from.datasetId ? '' : title;
}

import { finetuneAdapters } from './finetuneAdapters.ts';
import { finetuneDatasets } from './finetuneDatasets.ts';
import { finetuneRuns } from './finetuneRuns.ts';

export { type AttachedAdapter, attachedAdapter } from './attachedAdapter.ts';
export { type Adapter, type AdapterRemark, adapter, adapterRemark, finetuneAdapters, type MergeType, mergeType } from './finetuneAdapters.ts';
export {
	type Dataset,
	type DatasetForm,
	type DatasetPreview,
	type DatasetProblem,
	type DatasetSource,
	type DatasetVersion,
	dataset,
	datasetForm,
	datasetPreview,
	datasetProblem,
	datasetSource,
	datasetVersion,
	type ExampleColumns,
	type ExampleTurn,
	exampleColumns,
	exampleTurn,
	exampleTurns,
	finetuneDatasets,
	type TokenStatistics,
	tokenStatistics,
} from './finetuneDatasets.ts';
export {
	finetuneRuns,
	type Intent,
	intent,
	type Run,
	type RunComparison,
	type RunEstimate,
	type RunLine,
	type RunOrder,
	type RunOutcome,
	type RunPoint,
	type RunSettings,
	run,
	runComparison,
	runEstimate,
	runLine,
	runOrder,
	runOutcome,
	runPoint,
	runSettings,
	type SafetyScore,
	safetyScore,
	type Target,
	type TaskKind,
	type TaskScore,
	target,
	taskKind,
	taskScore,
} from './finetuneRuns.ts';

/** Fine-tuning in its three parts: what is learnt from, the learning, and what comes of it. */
export const finetune = { ...finetuneDatasets, ...finetuneRuns, ...finetuneAdapters };

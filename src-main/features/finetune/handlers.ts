import { adapterHandlers } from './adapterHandlers.ts';
import { datasetHandlers } from './datasetHandlers.ts';
import type { Finetune } from './finetune.ts';
import { runHandlers } from './runHandlers.ts';

export function finetuneHandlers(finetune: Finetune) {
	return { ...datasetHandlers(finetune.datasets), ...runHandlers(finetune.runs), ...adapterHandlers(finetune.adapters) };
}

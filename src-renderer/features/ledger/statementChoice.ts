import type { StatementFilter, Task } from '#contract/ledger.ts';
import { type SpanChoice, spanOf } from './spans.ts';

/** What a reader chose to see of a statement. */
export interface StatementChoice {
	span: SpanChoice;
	task: Task | null;
	modelId: string | null;
	kind: StatementFilter['kind'];
}

/** Everything there is. */
export const noChoice: StatementChoice = { span: { name: 'all', first: '', last: '' }, task: null, modelId: null, kind: null };

/** The filter of a choice. A span that is turned round lets nothing through. */
export function filterOf({ span, task, modelId, kind }: StatementChoice, now: number): StatementFilter {
	const bounds = spanOf(span, now);
	return { ...(bounds === 'wrong' ? { from: 0, until: 0 } : bounds), task, modelId, kind };
}

/** A choice with something else in it. A grant is of no task and no model: choosing one of these leaves the grants out by itself. */
export function changeChoice(choice: StatementChoice, change: Partial<StatementChoice>): StatementChoice {
	const next = { ...choice, ...change };
	if (change.kind === 'grants') return { ...next, task: null, modelId: null };
	return next.kind === 'grants' && (next.task !== null || next.modelId !== null) ? { ...next, kind: null } : next;
}

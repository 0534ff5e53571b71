import { desc } from 'drizzle-orm';
import type { RunLine } from '#contract/finetune.ts';
import type { Tx } from '../../platform/database/openDatabase.ts';
import { ownedIn } from '../../platform/database/owned.ts';
import { finetuneRun, runLine } from './schema.ts';

/** Adds lines to the log of a run of this owner, behind those that it has. */
export function writeLines(tx: Tx, ownerId: string, runId: string, lines: readonly Omit<RunLine, 'seq'>[]): void {
	if (lines.length === 0) return;
	const last = tx
		.select({ seq: runLine.seq })
		.from(runLine)
		.where(ownedIn(runLine.runId, finetuneRun, ownerId, runId))
		.orderBy(desc(runLine.seq))
		.limit(1)
		.get();
	const from = (last?.seq ?? 0) + 1;
	tx.insert(runLine)
		.values(lines.map((line, i) => ({ runId, seq: from + i, ...line })))
		.run();
}

import type { RunOutcome } from '#contract/finetune.ts';

/** One figure of an outcome, without and with the adapter. */
export interface ResultRow {
	name: 'exact' | 'meanError' | 'chrf' | 'validationLoss' | 'forgetting' | 'refused';
	before: number | null;
	after: number | null;
	/** What the change means: of errors, losses and forgetting less is better. */
	trend: 'better' | 'same' | 'worse';
	/** Of how many, where it is a count. */
	of: number | null;
}

const lessIsBetter: ReadonlySet<ResultRow['name']> = new Set(['meanError', 'validationLoss', 'forgetting']);

/** The figures of an outcome that were measured, what the run was for first. */
export function resultRows({ before, after, safety, ...outcome }: RunOutcome): ResultRow[] {
	const rows: Omit<ResultRow, 'trend'>[] = [
		{ name: 'exact', before: before?.exact ?? null, after: after?.exact ?? null, of: null },
		{ name: 'meanError', before: before?.meanError ?? null, after: after?.meanError ?? null, of: null },
		{ name: 'chrf', before: before?.chrf ?? null, after: after?.chrf ?? null, of: null },
		{ name: 'validationLoss', before: outcome.firstValidationLoss, after: outcome.validationLoss, of: null },
		{ name: 'forgetting', before: outcome.forgetting === null ? null : 1, after: outcome.forgetting, of: null },
		{ name: 'refused', before: safety?.refusedBefore ?? null, after: safety?.refusedAfter ?? null, of: safety?.prompts ?? null },
	];
	return rows.filter((row) => row.before !== null || row.after !== null).map((row) => ({ ...row, trend: trendOf(row, safety?.dropped ?? false) }));
}

function trendOf({ name, before, after }: Omit<ResultRow, 'trend'>, dropped: boolean): ResultRow['trend'] {
	// What cannot be seen in the figures shown is no change.
	if (before === null || after === null || Math.abs(before - after) < 0.005) return 'same';
	// Of 0 to 100; a character more or less in a few answers comes to as much.
	if (name === 'chrf' && Math.abs(before - after) < 1) return 'same';
	// A hundredth of a loss is noise: no answer reads otherwise for it.
	if (name === 'validationLoss' && Math.abs(before - after) < before / 100) return 'same';
	// One refusal more or less says nothing; the app has judged that.
	if (name === 'refused' && after < before) return dropped ? 'worse' : 'same';
	return after < before === lessIsBetter.has(name) ? 'better' : 'worse';
}

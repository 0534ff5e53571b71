import type { Assignment, GradeScope } from '#contract/grading.ts';

/**
 * What the grading of a class goes on with: what nobody has tried yet, then what is outdated, then what failed; null where all is graded. An
 * answer that fails each time holds up nothing.
 */
export function nextScope({ answers, unanswered, graded, failed, outdated }: Assignment['counts']): Exclude<GradeScope, 'all'> | null {
	const left = answers - unanswered - graded;
	if (left > failed) return 'waiting';
	if (outdated > 0) return 'outdated';
	return left > 0 ? 'waiting' : null;
}

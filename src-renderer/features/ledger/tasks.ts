import type { Task } from '#contract/ledger.ts';

/** What can be paid for, in the order in which it is shown. */
export const tasks = ['chat', 'grading', 'convert', 'subtitles'] as const satisfies readonly Task[];

/** The task of a name, where it is one. */
export function taskOf(name: string): Task | null {
	return tasks.find((task) => task === name) ?? null;
}

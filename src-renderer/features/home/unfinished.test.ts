import { expect, test } from 'vitest';
import type { Assignment } from '#contract/grading.ts';
import type { SubtitleProject } from '#contract/subtitles.ts';
import { unfinished } from './unfinished.ts';

const counts = { students: 10, answers: 10, unanswered: 2, graded: 0, outdated: 0, failed: 0, marked: 0 };
// Only the fields that are looked at.
const assignment = (id: string, changed: Partial<typeof counts>, jobState: string | null = null, createdAt = 0) =>
	({ id, title: id, className: '', counts: { ...counts, ...changed }, job: jobState && { state: jobState }, createdAt }) as unknown as Assignment;
const film = (id: string, translated: number, approved: number, jobState: string | null = null) =>
	({ id, title: id, counts: { toTranslate: 20, translated, approved }, job: jobState && { state: jobState }, createdAt: 1 }) as unknown as SubtitleProject;

test('what waits for a person is told with how much of it, the newest first', () => {
	const classes = [
		assignment('new', {}),
		assignment('partly graded', { graded: 3 }),
		assignment('graded', { graded: 8, marked: 3 }),
		assignment('marked', { graded: 8, marked: 8 }),
		assignment('by hand', { marked: 3 }),
		assignment('at work', { graded: 3 }, 'running'),
		assignment('newest', { graded: 8 }, 'completed', 9),
	];
	const films = [film('untouched', 0, 0), film('partly', 5, 0), film('translated', 20, 5), film('done', 20, 20), film('translating', 5, 0, 'queued')];
	expect(unfinished(classes, films).map(({ title, step, waiting, total }) => [title, step, waiting, total])).toEqual([
		['newest', 'settle', 8, 8],
		['untouched', 'begin', 20, 20],
		['partly', 'goOn', 15, 20],
		['translated', 'settle', 15, 20],
		['new', 'begin', 8, 8],
		['partly graded', 'goOn', 8, 8],
		['graded', 'settle', 5, 8],
		['by hand', 'settle', 5, 8],
	]);
});

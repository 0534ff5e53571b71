import type { Assignment } from '#contract/grading.ts';
import type { SubtitleProject } from '#contract/subtitles.ts';
import { isJobActive } from '../../rpc/isJobActive.ts';

/** Something that was begun and waits for a person: how much of it, and where it goes on. */
export interface Unfinished {
	id: string;
	kind: 'grading' | 'subtitles';
	/** `begin`: nothing was asked of a model yet; `goOn`: some is not done; `settle`: it waits to be looked at. */
	step: 'begin' | 'goOn' | 'settle';
	title: string;
	/** So many answers or cues wait, of `total`. */
	waiting: number;
	total: number;
	to: string;
	createdAt: number;
}

/** What of the classes and films waits for a person, the newest first. What a model is at work on is not among them: it is told as work. */
export function unfinished(assignments: readonly Assignment[], projects: readonly SubtitleProject[]): Unfinished[] {
	return [...assignments.flatMap(ofClass), ...projects.flatMap(ofFilm)].toSorted((a, b) => b.createdAt - a.createdAt);
}

function ofClass({ id, title, className, counts, job, createdAt }: Assignment): Unfinished[] {
	const total = counts.answers - counts.unanswered;
	const waiting = total - counts.marked;
	if (isJobActive(job?.state) || waiting <= 0) return [];
	const isBegun = counts.graded + counts.marked + counts.failed > 0;
	const step = !isBegun ? 'begin' : counts.graded + counts.failed < total && counts.marked < counts.graded ? 'goOn' : 'settle';
	return [{ ...{ id, kind: 'grading', step, waiting, total, createdAt }, title: [title, className].filter(Boolean).join(' · '), to: `/grading/${id}` }];
}

function ofFilm({ id, title, counts, job, createdAt }: SubtitleProject): Unfinished[] {
	const total = counts.toTranslate;
	const untranslated = total - counts.translated;
	if (isJobActive(job?.state) || counts.approved >= total) return [];
	const step = counts.translated === 0 ? 'begin' : untranslated > 0 ? 'goOn' : 'settle';
	const waiting = step === 'settle' ? total - counts.approved : untranslated;
	return [{ id, kind: 'subtitles', step, title, waiting, total, to: `/subtitles/${id}`, createdAt }];
}

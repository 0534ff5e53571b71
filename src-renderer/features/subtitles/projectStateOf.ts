import type { SubtitleProject } from '#contract/subtitles.ts';
import { isJobActive } from '../../rpc/isJobActive.ts';

/** How far a project is, in the one word of the list. */
export type ProjectState = 'untranslated' | 'translating' | 'paused' | 'cancelled' | 'cancelledPartly' | 'failed' | 'partly' | 'toReview' | 'approved';

/** What the list says of a project. What was cancelled says so, also where some cues had failed by then: nobody waits for them. */
export function projectStateOf({ counts, job }: Pick<SubtitleProject, 'counts' | 'job'>): ProjectState {
	if (job?.state === 'paused') return 'paused';
	if (isJobActive(job?.state)) return 'translating';
	if (counts.toTranslate > 0 && counts.approved >= counts.toTranslate) return 'approved';
	if (job?.state === 'cancelled' && job.pass === 'translate' && counts.translated < counts.toTranslate)
		return counts.translated === 0 ? 'cancelled' : 'cancelledPartly';
	if (counts.failed > 0) return 'failed';
	if (counts.translated === 0) return 'untranslated';
	return counts.translated < counts.toTranslate ? 'partly' : 'toReview';
}

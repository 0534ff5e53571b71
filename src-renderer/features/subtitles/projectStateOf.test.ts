import { expect, test } from 'vitest';
import type { SubtitleProject } from '#contract/subtitles.ts';
import { projectStateOf } from './projectStateOf.ts';

const counts = { cues: 12, toTranslate: 10, translated: 0, approved: 0, failed: 0, failedAnew: 0, flagged: 0 };
const job = (state: NonNullable<SubtitleProject['job']>['state'], pass: 'translate' | 'glossary' = 'translate') => ({ id: 'j', pass, state, failure: null });

test.for([
	['cancelled before anything was translated', job('cancelled'), {}, 'cancelled'],
	['cancelled on the way, some failed by then', job('cancelled'), { translated: 4, failed: 2 }, 'cancelledPartly'],
	['cancelled when all was translated already', job('cancelled'), { translated: 10 }, 'toReview'],
	['the search for terms was cancelled', job('cancelled', 'glossary'), {}, 'untranslated'],
	['some failed', job('failed'), { translated: 8, failed: 2 }, 'failed'],
	['at work', job('running'), { translated: 4, failed: 2 }, 'translating'],
	['paused', job('paused'), { translated: 4 }, 'paused'],
	['all approved, whatever became of the last job', job('cancelled'), { translated: 10, approved: 10 }, 'approved'],
	['in part, by hand', null, { translated: 4 }, 'partly'],
	['nothing yet', null, {}, 'untranslated'],
] as const)('%s', ([, itsJob, more, state]) => {
	expect(projectStateOf({ counts: { ...counts, ...more }, job: itsJob })).toBe(state);
});

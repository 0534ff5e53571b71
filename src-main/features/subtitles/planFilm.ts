import type { TranslateOrder } from '#contract/subtitles.ts';
import type { FilmSpec } from './filmSpec.ts';
import { planBatches } from './planBatches.ts';
import type { CueRow, ProjectRow } from './projectRows.ts';

/** Cues that are looked through for terms at once. */
const glossaryCues = 40;

/** What a job for this order does with a project: its batches, of the cues that the order is about. */
export function planFilm(project: ProjectRow, rows: readonly CueRow[], order: TranslateOrder): FilmSpec {
	const { modelId, adapter, pass, windowCues, sceneGapMs, scope } = order;
	const { id: projectId, sourceLanguage, targetLanguage, style, rulesId, glossaryId } = project;
	const isIn = ({ skip, isApproved, target }: CueRow) => skip === null && (pass === 'glossary' || (!isApproved && (scope === 'unapproved' || target === null)));
	const numbers = new Map(rows.map(({ id }, at) => [id, at + 1]));
	const batches = planBatches(rows.filter(isIn), {
		batchCues: pass === 'glossary' ? glossaryCues : order.batchCues,
		sceneGapMs: pass === 'glossary' ? Number.POSITIVE_INFINITY : sceneGapMs,
	});
	return {
		...{ projectId, modelId, adapter, pass, windowCues, sourceLanguage, targetLanguage, style, rulesId, glossaryId },
		batches: batches.map((batch) => {
			const [first, last] = [batch[0], batch.at(-1)].map((row) => numbers.get(row?.id ?? '') ?? 0);
			return { name: first === last ? String(first) : `${first}–${last}`, cueIds: batch.map(({ id }) => id) };
		}),
	};
}

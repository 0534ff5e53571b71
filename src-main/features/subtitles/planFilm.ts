import type { TranslateOrder } from '#contract/subtitles.ts';
import type { FilmSpec } from './filmSpec.ts';
import { planBatches } from './planBatches.ts';
import type { CueRow, ProjectRow } from './projectRows.ts';

/** Cues that are looked through for terms at once. */
const glossaryCues = 40;

/** What a job for this order does with a project: its batches, of the cues that the order is about. */
export function planFilm(project: ProjectRow, rows: readonly CueRow[], order: TranslateOrder): FilmSpec {
	const { modelId, adapter, pass, windowCues, sceneGapMs } = order;
	const { id: projectId, sourceLanguage, targetLanguage, style, rulesId, glossaryId } = project;
	const numbers = new Map(rows.map(({ id }, at) => [id, at + 1]));
	const batches = planBatches(
		rows.filter((row) => isInOrder(row, order)),
		{
			batchCues: pass === 'glossary' ? glossaryCues : order.batchCues,
			sceneGapMs: pass === 'glossary' ? Number.POSITIVE_INFINITY : sceneGapMs,
		},
	);
	return {
		...{ projectId, modelId, adapter, pass, windowCues, sourceLanguage, targetLanguage, style, rulesId, glossaryId },
		batches: batches.map((batch) => {
			const [first, last] = [batch[0], batch.at(-1)].map((row) => numbers.get(row?.id ?? '') ?? 0);
			return { name: first === last ? String(first) : `${first}–${last}`, cueIds: batch.map(({ id }) => id) };
		}),
	};
}

/** Whether an order is about a cue. What a person wrote, is replaced only where the order says so. */
function isInOrder(row: CueRow, { pass, scope, replacesHandwritten }: TranslateOrder): boolean {
	if (row.skip !== null) return false;
	if (pass === 'glossary' || row.target === null) return true;
	return scope === 'unapproved' && !row.isApproved && (replacesHandwritten || !isHandwritten(row));
}

/** Translations that a person wrote and has not approved, of an order that is about what is not approved. */
export function countHandwritten(rows: readonly CueRow[], { pass, scope }: TranslateOrder): number {
	return pass === 'glossary' || scope !== 'unapproved' ? 0 : rows.filter((row) => row.skip === null && !row.isApproved && isHandwritten(row)).length;
}

function isHandwritten({ target, origin }: CueRow): boolean {
	return target !== null && origin === 'person';
}

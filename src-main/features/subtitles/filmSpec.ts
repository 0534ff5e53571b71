import { z } from 'zod';
import { attachedAdapter } from '#contract/attachedAdapter.ts';
import { projectFields, translateOrder } from '#contract/subtitles.ts';

const filmSpec = z.strictObject({
	projectId: z.string(),
	modelId: z.string(),
	adapter: attachedAdapter.nullable(),
	...translateOrder.pick({ pass: true, windowCues: true }).shape,
	...projectFields.pick({ sourceLanguage: true, targetLanguage: true, style: true, rulesId: true, glossaryId: true }).shape,
	/** The ids of the cues of each, in their order; an item of the job is one of them, by the id of its first cue. */
	batches: z.array(z.strictObject({ name: z.string(), cueIds: z.array(z.string()).min(1) })),
});

/** What a film is translated by, as it was when the job was queued: what is changed later does not reach half a film. */
export type FilmSpec = z.infer<typeof filmSpec>;
export type FilmBatch = FilmSpec['batches'][number];

export function readFilmSpec(spec: unknown): FilmSpec {
	return filmSpec.parse(spec);
}

/** Those of the batches that these are the items of. */
export function batchesOf({ batches }: FilmSpec, subjectIds: readonly string[]): FilmBatch[] {
	const wanted = new Set(subjectIds);
	return batches.filter(({ cueIds: [first = ''] }) => wanted.has(first));
}

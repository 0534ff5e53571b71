import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type CatalogEntry, catalogEntry } from '#contract/market.ts';
import type { PlanGguf } from '../engine/engine.ts';

const catalogForm = z
	.string()
	.transform(parseJson)
	.pipe(z.object({ entries: z.array(catalogEntry) }));

/** Reads the models that Homeroom knows of by itself. A file that is not as it should be is a bug, and is told with the place in it. */
export function readCatalog(file: string): CatalogEntry[] {
	const read = catalogForm.safeParse(readFileSync(file, 'utf8'));
	if (!read.success) throw new Error(`${file} is no catalogue of models:\n${z.prettifyError(read.error)}`);
	return read.data.entries;
}

function parseJson(text: string, context: z.RefinementCtx): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		context.addIssue({ code: 'custom', message: String(error) });
		return z.NEVER;
	}
}

/**
 * What planning a load needs to know of an entry, estimated from its measures, its weights and the size of its file. Null where the
 * entry does not tell enough.
 *
 * As library/gguf/readBeginning.ts does it: every weight takes as many bytes, the blocks are alike, and the output shares the embedding's
 * matrix. Where it has its own, the blocks come out somewhat too large, and their sum with the output is right all the same. That the
 * entry gives the number of weights makes it hold for mixtures of experts too, whose measures do not tell how many experts there are.
 */
export function planGgufOf({ shape, sizeBytes, parameters }: Pick<CatalogEntry, 'shape' | 'sizeBytes' | 'parameters'>): PlanGguf | null {
	if (shape === null || sizeBytes === null) return null;
	const { blockCount, headCountKv, ...measures } = shape;
	const outputBytes = Math.min(sizeBytes, Math.round((sizeBytes * shape.embeddingLength * shape.vocabularySize) / parameters));
	return {
		...measures,
		blockCount,
		tensorBytes: sizeBytes,
		outputBytes,
		layerBytes: new Array<number>(blockCount).fill(Math.floor((sizeBytes - outputBytes) / blockCount)),
		headCountKvByBlock: new Array<number>(blockCount).fill(headCountKv),
	};
}

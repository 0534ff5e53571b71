import { z } from 'zod';
import { procedure } from './define.ts';

/** What can be found, in the order in which it is shown: what has a name before what stands within it. */
export const foundKinds = ['conversation', 'assignment', 'project', 'dataset', 'student', 'question', 'term', 'message', 'answer', 'cue'] as const;
export const foundKind = z.enum(foundKinds);
export type FoundKind = z.infer<typeof foundKind>;

export const found = z.object({
	kind: foundKind,
	id: z.string(),
	/** What it is opened in, such as the conversation of a message; its own id where it stands alone. */
	placeId: z.string(),
	/** The question of an answer; the first answer of a student, where names are shown beside answers. */
	partId: z.string().optional(),
	/** What that is called; empty where the text says it itself. */
	heading: z.string(),
	/** A piece of the text on one line. */
	text: z.string(),
	/** Where in `text` the words stand that were asked for: from and until, in UTF-16 units. */
	hits: z.array(z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()])),
});
export type Found = z.infer<typeof found>;

export const search = {
	/**
	 * Finds what the caller has in which all of these words are, whatever their case and accents; the last one may be a beginning. At most
	 * `mostOfKind` of each kind, those first in which the words stand side by side, then the newest.
	 */
	find: procedure('user', [], { scopes: [] })
		.input(z.strictObject({ words: z.string().max(200), mostOfKind: z.number().int().min(1).max(50).default(5) }))
		/** `isComplete` is false while what is there is still being read for the first time. */
		.output(z.object({ found: z.array(found), isComplete: z.boolean() })),
};

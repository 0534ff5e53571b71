import { z } from 'zod';
import { procedure } from './define.ts';

/** What can be deleted and brought back. */
export const deletedKinds = ['conversation', 'message', 'assignment', 'comment', 'project', 'glossary', 'term', 'preset', 'dataset', 'run', 'adapter'] as const;
export const deletedKind = z.enum(deletedKinds);
export type DeletedKind = z.infer<typeof deletedKind>;

/** So many are told at once, the newest. */
export const mostDeletedTold = 1000;

const one = z.strictObject({ kind: deletedKind, thingId: z.string().max(100) });

export const deletedThing = z.object({
	kind: deletedKind,
	id: z.string(),
	/** What it is opened in once it is back, such as the conversation of a message; its own id where it stands alone. */
	placeId: z.string(),
	/** What that is called; empty where the title says it itself. */
	heading: z.string(),
	/** Its name, or the beginning of what it says; empty where it has none. */
	title: z.string(),
	deletedAt: z.number().int(),
	/** When it may be deleted for good by itself. */
	keptUntil: z.number().int(),
});
export type DeletedThing = z.infer<typeof deletedThing>;

/** What the caller deleted and can still have back. Everything here is the caller's own: another's is NOT_FOUND like what is gone for good. */
export const deleted = {
	/** Newest first; `total` counts those that are left out, too. */
	list: procedure('user', [], { scopes: [] }).output(z.object({ things: z.array(deletedThing), total: z.number().int().nonnegative() })),
	/** Brings one back as it was. What is back already stays. */
	restore: procedure('user', [], { scopes: [] }).input(one).output(z.void()),
	/** Deletes one for good. DATASET_IN_USE: a run that is not over learns from it. */
	purge: procedure('user', ['DATASET_IN_USE'], { scopes: [], audit: 'thingId', auditFields: ['kind'] })
		.input(one)
		.output(z.void()),
	/** Deletes for good all that was deleted until then; what is refused stays, and the first refusal is thrown when the others are gone. */
	purgeAll: procedure('user', ['DATASET_IN_USE'], { scopes: [], audit: 'self' })
		.input(z.strictObject({ until: z.number().int() }))
		.output(z.void()),
};

import { z } from 'zod';

/** What a term is. `address`: how two people address one another. */
export const termKind = z.enum(['person', 'place', 'term', 'address', 'title']);

export const termFields = z.strictObject({
	/** As the film says it. */
	source: z.string().trim().min(1).max(200),
	/** As it is to be said. */
	target: z.string().trim().max(200),
	kind: termKind.default('term'),
	/** Of a person: how the translation speaks of them. */
	gender: z.enum(['unknown', 'feminine', 'masculine', 'neuter']).default('unknown'),
	/** For people and models: what it means, whom it is for. */
	note: z.string().trim().max(500).default(''),
});
export type TermFields = z.infer<typeof termFields>;

/** One entry of a glossary. A `proposed` one was found by a model and is not used before a person confirms it; a `refused` one is not proposed again. */
export const term = termFields.extend({ id: z.string(), state: z.enum(['proposed', 'confirmed', 'refused']) });
export type Term = z.infer<typeof term>;

/** The most terms that are taken or settled at once. */
export const mostTerms = 2000;

/** What was not taken of a table of terms as it stands there, and in which of its rows. */
export const termProblem = z.object({
	row: z.number().int(),
	/** `kept`: the glossary has another translation of this source, which stays; `unknownKind`: taken as a term. */
	code: z.enum(['sourceMissing', 'targetMissing', 'tooLong', 'kept', 'repeated', 'unknownKind', 'raggedRow', 'undecodable']),
	/** The source, or what is odd. */
	detail: z.string(),
});
export type TermProblem = z.infer<typeof termProblem>;

export const glossaryName = z.string().trim().min(1).max(200);

export const glossary = z.object({
	id: z.string(),
	name: z.string(),
	counts: z.object({ proposed: z.number().int(), confirmed: z.number().int(), refused: z.number().int(), projects: z.number().int() }),
	createdAt: z.number().int(),
});
export type Glossary = z.infer<typeof glossary>;

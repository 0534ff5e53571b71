import { z } from 'zod';
import { changesOf, procedure } from './define.ts';
import { glossary, glossaryName, mostTerms, term, termFields, termProblem } from './glossary.ts';
import { subtitleLimits } from './subtitleLimits.ts';

const glossaryId = z.strictObject({ glossaryId: z.string() });

/** What can be asked of the glossaries that films are translated by; among the procedures of subtitles. */
export const glossaryProcedures = {
	glossaries: procedure('user').output(z.array(glossary)),
	createGlossary: procedure('user')
		.input(z.strictObject({ name: glossaryName }))
		.output(glossary),
	renameGlossary: procedure('user')
		.input(glossaryId.extend({ name: glossaryName }))
		.output(glossary),
	/** Deletes a glossary with its terms; projects that used it have none. */
	removeGlossary: procedure('user').input(glossaryId).output(z.void()),
	/** By their source, in its order. */
	terms: procedure('user').input(glossaryId).output(z.array(term)),
	/** Adds terms that are confirmed by that; one with the same source is replaced. */
	addTerms: procedure('user')
		.input(glossaryId.extend({ terms: z.array(termFields).min(1).max(mostTerms) }))
		.output(z.array(term)),
	/** Changes a term; without `state` it is confirmed by that. */
	changeTerm: procedure('user')
		.input(glossaryId.extend({ termId: z.string(), fields: changesOf(termFields), state: term.shape.state.default('confirmed') }))
		.output(term),
	/** Confirms or refuses several at once. */
	settleTerms: procedure('user')
		.input(glossaryId.extend({ termIds: z.array(z.string()).min(1).max(mostTerms), state: z.enum(['confirmed', 'refused']) }))
		.output(z.array(term)),
	removeTerm: procedure('user')
		.input(glossaryId.extend({ termId: z.string() }))
		.output(z.void()),
	/** Adds the terms of a table, confirmed by that. What the glossary has confirmed already stays, and is told. */
	importTerms: procedure('user', ['CSV_INVALID'])
		.input(glossaryId.extend({ file: z.file().max(subtitleLimits.fileBytes) }))
		.output(z.object({ terms: z.array(term), added: z.number().int(), problems: z.array(termProblem) })),
	/** What is confirmed, as a table that `importTerms` reads again. */
	saveTerms: procedure('user')
		.input(glossaryId)
		.output(z.object({ fileName: z.string(), file: z.file() })),
};

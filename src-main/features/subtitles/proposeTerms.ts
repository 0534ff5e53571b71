import { z } from 'zod';
import { failure } from '#contract/errors.ts';
import { type TermFields, termFields, termKind } from '#contract/glossary.ts';
import type { JsonSchema } from '../engine/engine.ts';
import { foldTerm } from './foldSource.ts';
import type { Ask } from './translateBatch.ts';
import { type FilmBrief, glossaryTurns, type SubtitlePrompts } from './translatePrompt.ts';

const mostTerms = 12;
const mostTokens = 1200;
const genders = termFields.shape.gender.unwrap().options;

const termsSchema: JsonSchema = {
	type: 'object',
	properties: {
		terms: {
			type: 'array',
			maxItems: mostTerms,
			items: {
				type: 'object',
				properties: {
					source: { type: 'string', minLength: 1, maxLength: 60 },
					target: { type: 'string', minLength: 1, maxLength: 60 },
					kind: { enum: termKind.options },
					gender: { enum: genders },
					note: { type: 'string', maxLength: 120 },
				},
			},
		},
	},
};
const answer = z.object({ terms: z.array(termFields) });

/**
 * The names and terms that a model finds in a part of a film, for a person to confirm: only what stands in it word for word, each once. It is
 * asked once more where its answer cannot be read; then that is TRANSLATION_INVALID.
 */
export async function proposeTerms(
	ask: Ask,
	prompts: SubtitlePrompts,
	brief: FilmBrief,
	texts: readonly string[],
	known: readonly string[],
): Promise<TermFields[]> {
	const turns = glossaryTurns(prompts, brief, texts, known);
	for (const attempt of [0, 1]) {
		const read = answer.safeParse(parsed((await ask({ turns, schema: termsSchema, maxTokens: mostTokens, attempt }))?.text ?? null));
		if (!read.success) continue;
		const said = foldTerm(texts.join('\n'));
		const found = new Map(read.data.terms.map((term) => [foldTerm(term.source), term]));
		return [...found].filter(([fold]) => said.includes(fold)).map(([, term]) => term);
	}
	throw failure('TRANSLATION_INVALID', { reason: 'malformed' });
}

function parsed(text: string | null): unknown {
	try {
		return text === null ? null : JSON.parse(text);
	} catch {
		// It came to its end within the grammar, and still is none; the schema refuses it.
		return null;
	}
}

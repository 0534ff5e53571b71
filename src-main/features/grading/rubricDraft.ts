import { z } from 'zod';
import { failure } from '#contract/errors.ts';
import type { AssignmentFields } from '#contract/grading.ts';
import { type DraftedRubric, draftedCriteria, draftedRubric } from '#contract/rubric.ts';
import { fillTemplate } from '../../platform/text/fillTemplate.ts';
import type { ChatTurn, JsonSchema } from '../engine/engine.ts';
import type { GradePrompts } from './gradePrompt.ts';
import { plainText } from './plainText.ts';

/** In characters: what a rubric's own fields take, and room for them in a model's answer. */
const longest = { name: 80, description: 240, level: 200 };

/** A question to write a rubric for. */
export interface DraftMatter extends Pick<AssignmentFields, 'subject' | 'gradeLevel'> {
	question: string;
	/** Empty: none is known. */
	key: string;
}

/** What the model is asked for a rubric. */
export function draftTurns(prompts: GradePrompts, matter: DraftMatter): ChatTurn[] {
	return [
		{ role: 'system', content: fillTemplate(prompts.draft, { ...matter }) },
		{ role: 'user', content: 'Write the rubric for this question.' },
	];
}

const text = (most: number) => ({ type: 'string', minLength: 1, maxLength: most }) as const;

/** The form of a draft as a grammar. There is nowhere to write points: they follow from the weights and from what the question is worth. */
export const draftSchema: JsonSchema = {
	type: 'object',
	properties: {
		criteria: {
			type: 'array',
			minItems: 1,
			maxItems: draftedCriteria,
			items: {
				type: 'object',
				properties: {
					name: text(longest.name),
					description: text(longest.description),
					full: text(longest.level),
					partly: text(longest.level),
					none: text(longest.level),
					weight: { enum: [1, 2, 3] },
				},
			},
		},
	},
};

const words = z.string().transform(plainText);
const said = z.strictObject({
	criteria: z.array(z.strictObject({ name: words, description: words, full: words, partly: words, none: words, weight: z.number() })),
});

/** Reads a rubric that a model drafted, as it wrote it; anything but criteria with a name each is DRAFT_INVALID. */
export function readDraft(text: string): DraftedRubric {
	try {
		return draftedRubric.parse(said.parse(JSON.parse(text)));
	} catch (error) {
		throw failure('DRAFT_INVALID', { reason: 'malformed' }, error);
	}
}

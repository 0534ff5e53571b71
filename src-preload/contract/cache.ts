import { z } from 'zod';
import { procedure } from './define.ts';

const amount = z.object({ answers: z.number().int(), bytes: z.number().int() });
/** What is kept of the answers that models gave: the caller's, and for administrators everybody's. */
export const keptAnswers = z.object({ own: amount, all: amount.nullable() });
export type KeptAnswers = z.infer<typeof keptAnswers>;

export const cache = {
	kept: procedure('viewer').output(keptAnswers),
	/** Forgets the caller's. */
	clear: procedure('viewer').output(keptAnswers),
	/** Forgets everybody's. */
	clearAll: procedure('admin', [], { audit: 'self' }).output(keptAnswers),
};

import { z } from 'zod';
import { type Declared, procedure } from './define.ts';
import type { ErrorCode } from './errors.ts';

/** An instant as other programs read it: ISO 8601, in UTC. */
export const instant = z.iso.datetime();

/** What every answer of the HTTP API is in: `data` is what was asked for, `message` a sentence about it. */
export function enveloped<Data extends z.ZodType>(data: Data) {
	return z.object({ success: z.literal(true), message: z.string(), data, code: z.literal(200), timestamp: instant });
}

/** What every refusal of the HTTP API is in. `error` is one of the codes of errors.ts, and stays the same from one version to the next. */
export const refusalEnvelope = z.object({
	success: z.literal(false),
	message: z.string(),
	error: z.string(),
	details: z.record(z.string(), z.unknown()).describe('What the sentence needs, such as `needed` and `available` of INSUFFICIENT_TOKENS.'),
	code: z.number().int().describe('The HTTP status.'),
	timestamp: instant,
});
export type RefusalEnvelope = z.infer<typeof refusalEnvelope>;

/** What one request cost, and what is left. */
export const paid = {
	tokens_consumed: z.number().int().nonnegative(),
	remaining_tokens: z
		.number()
		.int()
		.nonnegative()
		.nullable()
		.describe('What is left, with what work that runs has set aside of it; null where nothing is counted off.'),
};

/** Of what is told together with an answer of a model's. */
export const fromCache = z.boolean().describe('The same was asked before, or is being asked, and is answered with that; what is paid for it is a setting.');

/**
 * Starts the description of one route of the HTTP API, which no screen calls. `scopes` are the features of which a key needs one; none: it is
 * closed to keys.
 */
export function apiProcedure<const Codes extends ErrorCode = never>(
	requires: Declared['requires'],
	scopes: NonNullable<Declared['scopes']>,
	codes: readonly Codes[] = [],
	more: Omit<Declared, 'requires' | 'scopes'> = {},
) {
	return procedure<Codes | 'TOO_MANY_REQUESTS' | 'KEY_TOKENS_SHORT'>(requires, [...codes, 'TOO_MANY_REQUESTS', 'KEY_TOKENS_SHORT'], { scopes, ...more });
}

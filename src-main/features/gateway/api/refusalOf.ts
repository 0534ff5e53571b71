import type { RefusalEnvelope } from '#contract/apiEnvelope.ts';
import type { Failure } from '#contract/errors.ts';

/** A failure in the form of every refusal of /api/v1. */
export function refusalOf({ message, code: error, data, status }: Failure): RefusalEnvelope {
	return { success: false, message, error, details: { ...data }, code: status, timestamp: new Date().toISOString() };
}

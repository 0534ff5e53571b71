import type { RefusalEnvelope } from '#contract/apiEnvelope.ts';
import type { Failure } from '#contract/errors.ts';
import { wordsForPrograms } from '../wordsForPrograms.ts';

/** A failure in the form of every refusal of /api/v1. */
export function refusalOf(failed: Failure): RefusalEnvelope {
	const { code: error, data, status } = failed;
	return { success: false, message: wordsForPrograms(failed), error, details: { ...data }, code: status, timestamp: new Date().toISOString() };
}

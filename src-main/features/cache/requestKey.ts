import { createHash } from 'node:crypto';
import type { GenerateRequest } from '../engine/engine.ts';

/** Goes up with each change of what Homeroom itself makes of a request, such as how a grammar is built. */
const version = 1;

/** What a request is answered by, as it is now. */
export interface Identities {
	/** Of the model's files and its template (modelIdentity.ts). */
	model: string;
	/** SHA-256 of the adapter's file; null without one. */
	adapter: string | null;
}

/** Whether the same request gets the same answer each time: nothing is left to chance, or to a chance that is named. */
export function isRepeatable({ sampling }: Pick<GenerateRequest, 'sampling'>): boolean {
	return sampling.temperature === 0 || sampling.seed !== null;
}

/**
 * The SHA-256 of all that an answer follows from, in hexadecimal: two requests with the same one may share an answer.
 *
 * Whose request it is and what may be spent on it are no part of it. The order of a JSON schema's properties is: models write by it.
 */
export function requestKey(request: GenerateRequest, { model, adapter }: Identities): string {
	const { turns, sampling, maxTokens, stop = [], jsonSchema = null, logProbabilities = false, isPlain = false } = request;
	const { temperature, topP, topK, minP, repeatPenalty, seed } = sampling;
	const parts = [
		version,
		model,
		adapter === null ? null : [adapter, request.adapter?.scale],
		turns.map(({ role, content }) => [role, content]),
		[temperature, topP, topK, minP, repeatPenalty, seed],
		[maxTokens, stop, jsonSchema, logProbabilities, ...(isPlain ? ['plain'] : [])],
	];
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

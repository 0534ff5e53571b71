import { failure } from '#contract/errors.ts';
import type { BackendRequest } from './Backend.ts';
import type { BackendWays } from './backendWays.ts';
import { toJsonSchema } from './toJsonSchema.ts';

/** The body of a request for an answer, and the texts that its server does not look for itself. */
export interface AnswerOrder {
	body: string;
	stopsLeft: readonly string[];
}

/** What a server is told that cannot be held to a schema; DeepSeek wants the word "JSON" in it. */
const askForJson = (schema: unknown) =>
	`Answer with one JSON value and nothing else: no words around it, no code fence. It must fit this JSON Schema:\n${JSON.stringify(schema)}`;

/**
 * Writes the request for an answer as a kind of server wants it.
 *
 * @param mostTokens at most so many tokens are asked for.
 * @throws BAD_GRAMMAR for a shape that cannot be told, ADAPTER_UNFIT for an adapter: those are of models of this machine.
 */
export function writeAnswerOrder(ways: BackendWays, request: BackendRequest, mostTokens: number): AnswerOrder {
	const { model, sampling, turns, stop = [], jsonSchema, logProbabilities = false, adapter } = request;
	if (adapter)
		throw failure('ADAPTER_UNFIT', { name: adapter.name ?? model, reason: 'otherBase', detail: 'adapters are used with models of this machine alone' });
	const isPlain = ways.plain?.test(model) === true;
	const schema = jsonSchema ? toJsonSchema(jsonSchema, ways.shape === 'strict') : null;
	const body = {
		model,
		messages: schema && ways.shape === 'object' ? [{ role: 'system', content: askForJson(schema) }, ...turns] : turns,
		[ways.mostTokens]: mostTokens,
		...(isPlain ? {} : { temperature: sampling.temperature, top_p: sampling.topP, ...ownSampling(ways, sampling) }),
		...(sampling.seed === null ? {} : { seed: sampling.seed }),
		...(stop.length > 0 ? { stop: stop.slice(0, ways.mostStops) } : {}),
		...(schema ? { response_format: formatOf(ways, schema) } : {}),
		...(logProbabilities && ways.logProbabilities && !isPlain ? { logprobs: true } : {}),
		stream: true,
		stream_options: { include_usage: true },
	};
	return { body: JSON.stringify(body), stopsLeft: stop.slice(ways.mostStops) };
}

function ownSampling({ sampling: names }: BackendWays, { topK, minP, repeatPenalty }: BackendRequest['sampling']): Record<string, number> {
	const values = { topK, minP, repeatPenalty };
	return Object.fromEntries(Object.entries(names).map(([own, name]) => [name, values[own as keyof typeof values]]));
}

function formatOf({ shape }: BackendWays, schema: unknown) {
	if (shape === 'object') return { type: 'json_object' };
	return { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema } };
}

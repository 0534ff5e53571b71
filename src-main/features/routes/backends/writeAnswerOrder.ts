import { failure } from '#contract/errors.ts';
import type { ChatTurn, OfferedTools } from '../../engine/engine.ts';
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
 * @throws BAD_GRAMMAR for a shape that cannot be told, TOOLS_UNSUPPORTED where a call cannot be made compulsory, ADAPTER_UNFIT for an adapter: those are of models of this machine.
 */
export function writeAnswerOrder(ways: BackendWays, request: BackendRequest, mostTokens: number): AnswerOrder {
	const { model, sampling, stop = [], jsonSchema, tools, logProbabilities = false, adapter } = request;
	if (adapter)
		throw failure('ADAPTER_UNFIT', { name: adapter.name ?? model, reason: 'otherBase', detail: 'adapters are used with models of this machine alone' });
	if (tools && tools.choice !== 'auto' && !ways.calls.choice) throw failure('TOOLS_UNSUPPORTED', { name: model });
	const turns = request.turns.flatMap(toMessages);
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
		...(tools ? toolsOf(ways, tools) : {}),
		...(logProbabilities && ways.logProbabilities && !isPlain ? { logprobs: true } : {}),
		stream: true,
		stream_options: { include_usage: true },
	};
	return { body: JSON.stringify(body), stopsLeft: stop.slice(ways.mostStops) };
}

/** A turn as messages: calls are asked for in one, and each is answered by one of its own. */
function toMessages({ calls, ...said }: ChatTurn, turn: number): object[] {
	if (!calls) return [said];
	const idOf = (at: number) => `call_${turn}_${at}`;
	const asked = calls.map(({ name, arguments: given }, at) => ({ id: idOf(at), type: 'function', function: { name, arguments: given } }));
	return [
		{ role: said.role, content: said.content === '' ? null : said.content, tool_calls: asked },
		...calls.map(({ result }, at) => ({ role: 'tool', tool_call_id: idOf(at), content: result })),
	];
}

function toolsOf({ calls: { choice, parallel } }: BackendWays, tools: OfferedTools) {
	return {
		tools: tools.functions.map(({ name, description, schema: parameters }) => ({ type: 'function', function: { name, description, parameters } })),
		...(choice ? { tool_choice: typeof tools.choice === 'string' ? tools.choice : { type: 'function', function: tools.choice } } : {}),
		...(parallel && !tools.isParallel ? { parallel_tool_calls: false } : {}),
	};
}

function ownSampling({ sampling: names }: BackendWays, { topK, minP, repeatPenalty }: BackendRequest['sampling']): Record<string, number> {
	const values = { topK, minP, repeatPenalty };
	return Object.fromEntries(Object.entries(names).map(([own, name]) => [name, values[own as keyof typeof values]]));
}

function formatOf({ shape }: BackendWays, schema: unknown) {
	if (shape === 'object') return { type: 'json_object' };
	return { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema } };
}

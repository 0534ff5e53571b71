import { z } from 'zod';
import { failure } from '#contract/errors.ts';
import { startingSettings } from '#contract/startingSettings.ts';
import { invalidInput } from '../../../platform/rpc/invalidInput.ts';
import type { ChatTurn, JsonSchema } from '../../engine/engine.ts';
import type { AnswerOrder } from '../answerPaid.ts';
import type { NamedModel } from '../ModelNames.ts';
import { answerSchema } from './answerSchema.ts';
import { askedCalls, joinCalls, readTools, type SaidMessage, toolFields } from './toolOrder.ts';

/** An answer that nobody limits goes on for so long, or as long as the model's source advises. */
const usualTokens = 4096;
const mostTokens = 1_048_576;
const mostMessages = 2000;
const longestText = 4_000_000;

/** Every value that changes nothing, of a field that is not carried out: clients write them out. */
const none = (message: string) => z.union([z.null(), z.literal(0)], message).optional();
/** Of no meaning here, and harmless. */
const ignored = z.unknown().optional();
const text = z.string().max(longestText);
const part = z.strictObject({
	type: z.enum(['text', 'refusal'], 'Only text can be read: no pictures, sound or files.'),
	text: text.optional(),
	refusal: text.optional(),
});
const content = z.union([text, z.array(part).min(1).max(1000)], 'This must be a text, or a list of parts of type "text".');
const named = { name: z.string().max(200).nullish() };
const outdated = z.union([z.null(), z.array(z.never()).max(0)], 'Give functions under "tools".').optional();

const message = z.discriminatedUnion(
	'role',
	[
		z.strictObject({ role: z.enum(['system', 'developer', 'user']), content, ...named }),
		z.strictObject({
			role: z.literal('assistant'),
			content: content.nullish(),
			...named,
			refusal: ignored,
			annotations: ignored,
			audio: z.null().optional(),
			tool_calls: askedCalls.nullish(),
			function_call: z.null('Tell it under "tool_calls".').optional(),
		}),
		z.strictObject({ role: z.literal('tool'), content, tool_call_id: z.string().min(1).max(200), ...named }),
	],
	'The role of a message is "system", "developer", "user", "assistant" or "tool".',
);

const jsonFormat = z.strictObject({
	type: z.literal('json_schema'),
	json_schema: z.strictObject({ name: z.string().max(200), description: z.string().max(10_000).nullish(), strict: z.boolean().nullish(), schema: z.unknown() }),
});

/** What chat and plain completions have in common. */
export const answerFields = {
	model: z.string().min(1).max(300),
	stream: z.boolean().nullish(),
	stream_options: z.strictObject({ include_usage: z.boolean().nullish(), include_obfuscation: z.boolean().nullish() }).nullish(),
	max_tokens: z.number().int().min(1).max(mostTokens).nullish(),
	temperature: z.number().min(0).max(2).nullish(),
	top_p: z.number().min(0).max(1).nullish(),
	/** Not OpenAI's own; llama-server and vLLM know them by these names. */
	top_k: z.number().int().min(0).max(10_000).nullish(),
	min_p: z.number().min(0).max(1).nullish(),
	repeat_penalty: z.number().min(0.5).max(2).nullish(),
	seed: z.number().int().nullish(),
	stop: z.union([z.string().min(1).max(1000), z.array(z.string().min(1).max(1000)).max(16)], 'This must be a text or a list of at most 16.').nullish(),
	n: z.literal(1, 'One answer at a time is given: n must be 1.').nullish(),
	frequency_penalty: none('Only repeat_penalty is known here.'),
	presence_penalty: none('Only repeat_penalty is known here.'),
	logit_bias: z
		.custom(
			(value) => value === null || (typeof value === 'object' && Object.keys(value).length === 0),
			'Single tokens cannot be made more or less likely here.',
		)
		.optional(),
	user: ignored,
	metadata: ignored,
	store: z.literal(false, 'Nothing is stored here.').nullish(),
	service_tier: ignored,
	safety_identifier: ignored,
	prompt_cache_key: ignored,
};

const chatOrderShape = z
	.strictObject({
		...answerFields,
		messages: z.array(message).min(1).max(mostMessages),
		max_completion_tokens: z.number().int().min(1).max(mostTokens).nullish(),
		response_format: z.discriminatedUnion('type', [z.strictObject({ type: z.enum(['text', 'json_object']) }), jsonFormat]).nullish(),
		logprobs: z.boolean().nullish(),
		top_logprobs: none('Only the chosen tokens are told with how likely they were: top_logprobs must be 0.'),
		modalities: z.array(z.literal('text', 'Answers are text.')).max(1).nullish(),
		...toolFields,
		functions: outdated,
		function_call: z.union([z.null(), z.enum(['none', 'auto'])], 'Give functions under "tools", and "tool_choice".').optional(),
	})
	.refine(({ stream, stream_options: options }) => stream === true || !options, { path: ['stream_options'], message: 'This goes with "stream": true alone.' });
type ChatBody = z.output<typeof chatOrderShape>;
type AnswerBody = Pick<ChatBody, keyof typeof answerFields>;

/** What a program wants of how it is answered. */
export interface Wishes {
	isStream: boolean;
	/** The last piece of a stream tells the usage. */
	tellsUsage: boolean;
	tellsLogProbabilities: boolean;
}

/** A request for an answer, read and found good. */
export interface ReadOrder extends Wishes {
	modelName: string;
	/** What is asked of the model, once it is found. */
	orderFor(model: NamedModel): AnswerOrder;
}

/** Reads the body of `POST /v1/chat/completions`. Throws INVALID_INPUT with what is wrong, and where; nothing that was asked for is passed over. */
export function readChatOrder(body: unknown): ReadOrder {
	const asked = readShape(chatOrderShape, body);
	const maxTokens = asked.max_completion_tokens ?? asked.max_tokens ?? null;
	const jsonSchema = formOf(asked.response_format);
	const turns = joinCalls(asked.messages.map(saidIn));
	const tools = readTools(asked);
	if (tools && jsonSchema)
		throw failure('INVALID_INPUT', { issues: [{ path: 'response_format', message: 'An answer has this shape or calls tools: leave one of them out.' }] });
	return {
		...wishesOf(asked),
		tellsLogProbabilities: asked.logprobs === true,
		orderFor: (model) => orderOf({ ...asked, max_tokens: maxTokens }, model, turns, { jsonSchema, tools, logProbabilities: asked.logprobs === true }),
	};
}

/** Checks a body by its schema. Throws INVALID_INPUT. */
export function readShape<Shape extends z.ZodType>(shape: Shape, body: unknown): z.output<Shape> {
	const parsed = shape.safeParse(body);
	if (parsed.success) return parsed.data;
	throw invalidInput(parsed.error.issues);
}

/** What is asked of a model, with what the model's source advises where nothing was asked for. */
export function orderOf(
	asked: AnswerBody,
	model: NamedModel,
	turns: ChatTurn[],
	more: Pick<AnswerOrder, 'logProbabilities' | 'tools' | 'isPlain'> & { jsonSchema: JsonSchema | null },
): AnswerOrder {
	const usual = startingSettings(model.defaults);
	const { stop } = asked;
	return {
		model,
		turns,
		sampling: {
			temperature: asked.temperature ?? usual.temperature,
			topP: asked.top_p ?? usual.topP,
			topK: asked.top_k ?? usual.topK,
			minP: asked.min_p ?? usual.minP,
			repeatPenalty: asked.repeat_penalty ?? usual.repeatPenalty,
			// Any whole number is one of theirs, 32 bits are ours.
			seed: asked.seed == null ? usual.seed : asked.seed >>> 0,
		},
		maxTokens: asked.max_tokens ?? model.defaults?.maxTokens ?? usualTokens,
		isLengthFree: asked.max_tokens == null,
		stop: [...usual.stop, ...(stop == null ? [] : typeof stop === 'string' ? [stop] : stop)],
		logProbabilities: more.logProbabilities ?? false,
		...(more.jsonSchema ? { jsonSchema: more.jsonSchema } : {}),
		...(more.isPlain ? { isPlain: true } : {}),
		...(more.tools ? { tools: more.tools } : {}),
	};
}

/** How a program wants to be answered. */
export function wishesOf({ model, stream, stream_options: options }: AnswerBody): Omit<Wishes, 'tellsLogProbabilities'> & { modelName: string } {
	return { modelName: model, isStream: stream === true, tellsUsage: options?.include_usage === true };
}

function saidIn(said: z.output<typeof message>): SaidMessage {
	const parts = said.content ?? '';
	const content = typeof parts === 'string' ? parts : parts.map((each) => each.text ?? each.refusal ?? '').join('');
	if (said.role === 'tool') return { turn: { role: 'user', content }, calls: [], answers: said.tool_call_id };
	const role = said.role === 'developer' ? 'system' : said.role;
	return { turn: { role, content }, calls: said.role === 'assistant' ? (said.tool_calls ?? []) : [], answers: null };
}

function formOf(format: ChatBody['response_format']): JsonSchema | null {
	if (!format || format.type === 'text') return null;
	if (!('json_schema' in format)) return { type: 'object', additionalProperties: true };
	if (format.json_schema.schema === undefined)
		throw failure('INVALID_INPUT', { issues: [{ path: 'response_format.json_schema.schema', message: 'The schema is missing.' }] });
	return answerSchema(format.json_schema.schema, 'response_format.json_schema.schema');
}

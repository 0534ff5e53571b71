import { z } from 'zod';
import { apiProcedure, enveloped, fromCache, paid } from './apiEnvelope.ts';
import { loadFailures, samplingShape } from './engine.ts';
import { failureRecord } from './errors.ts';

/** What can be asked, and how it stands. */
const apiModel = z.object({
	id: z.string(),
	name: z.string(),
	type: z.enum(['model', 'route']).describe('`route`: several models, here or elsewhere, under one name.'),
	architecture: z.string().nullable(),
	parameters: z.number().int().nullable().describe('How many.'),
	quantization: z.string().nullable(),
	size_bytes: z.number().int().nullable(),
	context_tokens: z.number().int().nullable().describe('The longest context it was trained for, in tokens.'),
	state: z
		.enum(['stopped', 'starting', 'loading', 'running', 'stopping', 'failed'])
		.describe('A route is `running`, or `failed` where nothing behind it could answer.'),
	/** How it is loaded; null where it is not. */
	deployment: z
		.object({
			id: z.string(),
			load_fraction: z.number().describe('Of the weights, from 0 to 1.'),
			active_requests: z.number().int(),
			context_tokens: z.number().int().nullable(),
			parallel: z.number().int().nullable(),
			memory_bytes: z.number().int().nullable(),
			tokens_per_second: z.number().nullable(),
			device: z.string().nullable(),
			failure: failureRecord.nullable(),
		})
		.nullable(),
});
export type ApiModel = z.infer<typeof apiModel>;

const name = z.string().min(1).max(300);
const byName = z.strictObject({ name });
const one = enveloped(z.object({ model: apiModel }));

/** Who may see what models there are: whoever may use one for something. */
const anyUse = ['library', 'engine', 'chat', 'convert', 'grading', 'subtitles'] as const;

/** /api/v1/models: `{name}` is the name or the id of a model. */
export const apiModels = {
	list: apiProcedure('viewer', anyUse)
		.route({ method: 'GET', path: '/api/v1/models', tags: ['models'], summary: 'The models that I may use' })
		.output(enveloped(z.object({ models: z.array(apiModel) }))),
	get: apiProcedure('viewer', anyUse)
		.route({ method: 'GET', path: '/api/v1/models/{name}', tags: ['models'], summary: 'One model and how it stands' })
		.input(byName)
		.output(one),
	start: apiProcedure('user', ['engine'], loadFailures, { audit: 'made', auditFields: ['context_tokens', 'parallel'] })
		.route({
			method: 'POST',
			path: '/api/v1/models/{name}/start',
			tags: ['models'],
			summary: 'Load a model',
			description: 'Answers when it takes requests, or after `wait_seconds` with how far it is. Whatever asks a model that is not loaded loads it too.',
		})
		.input(
			byName.extend({
				context_tokens: z.number().int().min(128).max(1_048_576).optional().describe('Left out: planned by what the machine has.'),
				parallel: z.number().int().min(1).max(64).optional(),
				wait_seconds: z.number().int().min(0).max(300).default(60),
			}),
		)
		.output(one),
	stop: apiProcedure('user', ['engine'], ['MODEL_IN_USE'], { audit: 'made' })
		.route({
			method: 'POST',
			path: '/api/v1/models/{name}/stop',
			tags: ['models'],
			summary: 'Take a model out of memory',
			description: 'One that is answering is left alone (MODEL_IN_USE) but by an administrator. One that is not loaded stays so.',
		})
		.input(byName)
		.output(one),
	chat: apiProcedure('user', ['chat'], [...loadFailures, 'INSUFFICIENT_TOKENS', 'PROMPT_TOO_LONG', 'MODEL_NOT_RUNNING', 'MODEL_REMOVED'])
		.route({
			method: 'POST',
			path: '/api/v1/models/{name}/chat',
			tags: ['models'],
			summary: 'Ask a model',
			description: 'The answer comes whole. For one that comes as it is written see /v1/chat/completions. Nothing of it is kept.',
		})
		.input(
			byName.extend({
				message: z.string().min(1).max(1_000_000),
				max_tokens: z
					.number()
					.int()
					.min(1)
					.max(1_048_576)
					.optional()
					.describe('Left out: 1024, or as many as the key has left of its month where those are fewer.'),
				system: z.string().max(100_000).default(''),
				/** What was said before, oldest first. */
				history: z
					.array(z.strictObject({ role: z.enum(['user', 'assistant']), content: z.string().max(1_000_000) }))
					.max(1000)
					.default([]),
				temperature: z.number().min(0).max(5).optional(),
				top_p: z.number().min(0).max(1).optional(),
				seed: samplingShape.shape.seed.unwrap().optional(),
				stop: z.array(z.string().min(1).max(1000)).max(16).default([]),
			}),
		)
		.output(
			enveloped(
				z.object({
					response: z.string(),
					model: z.string(),
					finish_reason: z
						.enum(['stop', 'length', 'budget'])
						.describe("`length`: `max_tokens`, or the model's context, was full; `budget`: no more could be paid."),
					prompt_tokens: z.number().int(),
					completion_tokens: z.number().int(),
					from_cache: fromCache,
					...paid,
				}),
			),
		),
};

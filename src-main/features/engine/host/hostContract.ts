import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { usage as answerUsage, loadPlan, machine, samplingShape } from '#contract/engine.ts';
import { type ErrorCode, errorMap } from '#contract/errors.ts';

/** What an answer took; a host answers for itself alone, so nothing in it is a repeat. */
const usage = answerUsage.omit({ repeat: true });

const call = <const Codes extends ErrorCode = never>(codes: readonly Codes[] = []) => oc.errors(errorMap(codes));

/** Calls in one turn, and functions that a model is offered. */
export const mostCalls = 128;
/** A function that a model called earlier in a conversation, and what came of it. */
const toolCall = z.strictObject({
	name: z.string().min(1).max(64),
	/** A JSON object. */
	arguments: z.string().max(4_000_000),
	result: z.string().max(4_000_000),
});
export type ToolCall = z.infer<typeof toolCall>;

export const chatTurn = z.strictObject({
	role: z.enum(['system', 'user', 'assistant']),
	content: z.string().max(4_000_000),
	/** What an assistant called after it said that. */
	calls: z.array(toolCall).min(1).max(mostCalls).optional(),
});
/** One message of a conversation, as the model's template renders it. */
export type ChatTurn = z.infer<typeof chatTurn>;

/** A JSON schema in the form that node-llama-cpp turns into a grammar; whether it is one is decided there. */
export const jsonSchema = z.record(z.string(), z.json());
export type JsonSchema = z.infer<typeof jsonSchema>;

/** What a model may call instead of answering, or must. */
const offeredTools = z.strictObject({
	functions: z
		.array(
			z.strictObject({
				/** Letters, digits, `_` and `-`. */
				name: z.string().regex(/^[\w-]{1,64}$/),
				description: z.string().max(100_000),
				/** The JSON schema of its arguments as it was given, for models elsewhere. */
				schema: z.record(z.string(), z.json()),
				/** The same in the form of `jsonSchema`, as far as a grammar can keep it; null: it takes no arguments. */
				form: jsonSchema.nullable(),
			}),
		)
		.min(1)
		.max(mostCalls),
	/** `auto`: as the model likes; `required`: one of them at least; a name: that one. */
	choice: z.union([z.enum(['auto', 'required']), z.strictObject({ name: z.string() })]),
	/** Whether it may call several at once. */
	isParallel: z.boolean(),
});
export type OfferedTools = z.infer<typeof offeredTools>;

export const hostFacts = z.object({
	/** `cpu`, or the way to the GPU: `cuda`, `metal`, `vulkan`. */
	device: z.string().max(40),
	gpus: machine.shape.gpus,
});
export type HostFacts = z.infer<typeof hostFacts>;

export const loadOrder = z.strictObject({
	path: z.string(),
	/** What the model is called in messages to people. */
	name: z.string(),
	plan: loadPlan,
	/** A Jinja template for a model whose file has none. */
	chatTemplate: z.string().max(200_000).nullable(),
	/** Load even if the engine's own estimate says that memory will not do. */
	anyway: z.boolean(),
});
export type LoadOrder = z.infer<typeof loadOrder>;

/** What makes tokens of texts without a model's weights. */
export const vocabularyOrder = loadOrder.pick({ path: true, name: true, chatTemplate: true });
export type VocabularyOrder = z.infer<typeof vocabularyOrder>;

/** Chats in one request to a host. */
export const mostEncodedChats = 200;
/** Tokens in one message of a host, so that none is too long for the channel. */
export const mostPartTokens = 50_000;
/** Part of a text as tokens: each times two, plus one where it is to be learnt. The last part of a text is `done`. */
const encodedPart = z.object({ coded: z.array(z.number().int().min(0).max(0xffff_fffe)).max(mostPartTokens), done: z.boolean() });
export type EncodedPart = z.infer<typeof encodedPart>;

/** A LoRA adapter to answer with. */
const usedAdapter = z.strictObject({
	file: z.string(),
	/** What it adds is multiplied with this; 1 is as it was trained. */
	scale: z.number().min(-10).max(10),
	/** What it is called in messages to people. */
	name: z.string(),
});
export type UsedAdapter = z.infer<typeof usedAdapter>;

export const generateOrder = z.strictObject({
	/** Whose request it is: what was computed for one owner is never used for another. */
	ownerId: z.string().min(1),
	turns: z.array(chatTurn).min(1).max(10_000),
	/** The model goes on with the text of the only turn, which no template is put around. */
	isPlain: z.boolean(),
	sampling: samplingShape,
	maxTokens: z.number().int().min(1),
	/** At most so many tokens of prompt and answer together; null: as many as the context has. */
	tokenBudget: z.number().int().nullable(),
	/** The id by which `setBudget` answers where the budget runs short (`short`); null: the answer ends there. */
	budgetId: z.string().max(64).nullable(),
	stop: z.array(z.string().min(1).max(1000)).max(64),
	jsonSchema: jsonSchema.nullable(),
	tools: offeredTools.nullable(),
	/** Whether text comes with how likely the model thought it (`spans`). */
	logProbabilities: z.boolean(),
	/** For this answer alone; null: the model as it is. */
	adapter: usedAdapter.nullable(),
});
export type GenerateOrder = z.infer<typeof generateOrder>;

/** A piece of a text: its length, and of how many tokens it is, with the sum of their natural log-probabilities by the model alone. */
export const textSpan = z.object({ characters: z.int().min(0), tokens: z.int().min(1), logProbability: z.number().max(0) });
export type TextSpan = z.infer<typeof textSpan>;

/**
 * What comes of an answer: once `started`, then text and calls in order. A `call` is a piece of the arguments of the call number `at`, in
 * JSON; the first one of each is empty. `usage` is always the one so far. `short` comes where the
 * budget must be at least `needed` for it to go on: before it starts or within its text; it then waits for `setBudget`. `spans` are the pieces of
 * a text where log-probabilities were asked for, else none.
 */
const generateStep = z.discriminatedUnion('type', [
	z.object({ type: z.literal('started'), usage }),
	z.object({ type: z.literal('text'), text: z.string(), spans: z.array(textSpan), usage }),
	z.object({ type: z.literal('call'), at: z.int().min(0).max(mostCalls), name: z.string().max(64), text: z.string(), usage }),
	z.object({ type: z.literal('short'), needed: z.number().int().min(1), usage }),
]);
/** How an answer ended, and all that it used. */
const generateEnd = z.object({ type: z.literal('end'), finish: z.enum(['stop', 'length', 'budget']), usage });
export type GenerateEvent = z.infer<typeof generateStep> | z.infer<typeof generateEnd>;

/**
 * All that the app and an engine host say to each other, checked on both sides: the host checks what it is asked, the app what it
 * is answered, because a host that has read a hostile file is itself hostile.
 */
export const hostContract = {
	/** Loads the engine library, and tells what it computes on. */
	hello: call(['MODEL_LOAD_FAILED']).output(hostFacts),
	/** Loads the one model of this host; each event is the share of the weights loaded, the last is 1 when requests are taken. */
	load: call(['MODEL_FILE_INVALID', 'MODEL_TOO_BIG', 'MODEL_LOAD_FAILED', 'TEMPLATE_TIMEOUT', 'TEMPLATE_FAILED'])
		.input(loadOrder)
		.output(eventIterator(z.object({ fraction: z.number().min(0).max(1) }))),
	/** The end of the stream brings the answer's own end, so that nothing more is to be waited for; none where the app has left. */
	generate: call([
		...(['PROMPT_TOO_LONG', 'INSUFFICIENT_TOKENS', 'BAD_GRAMMAR', 'TEMPLATE_TIMEOUT', 'TEMPLATE_FAILED', 'TOOLS_UNSUPPORTED'] as const),
		...(['ADAPTER_INVALID', 'ADAPTER_UNFIT', 'ADAPTER_MISSING', 'MODEL_TOO_BIG'] as const),
	])
		.input(generateOrder)
		.output(eventIterator(generateStep, generateEnd.optional())),
	/** Answers `short`: what the request may use in all from now on. One that has ended is left alone. */
	setBudget: call().input(z.strictObject({ budgetId: z.string().max(64), tokenBudget: z.number().int() })),
	embed: call(['PROMPT_TOO_LONG', 'MODEL_LOAD_FAILED'])
		.input(z.strictObject({ texts: z.array(z.string().max(4_000_000)).min(1).max(1000) }))
		.output(z.object({ vectors: z.array(z.array(z.number()).max(65_536)) })),
	countTokens: call()
		.input(z.strictObject({ text: z.string().max(4_000_000) }))
		.output(z.object({ tokens: z.number().int() })),
	/** Instead of `load`: the vocabulary of a model alone, for `encodeChats` and `encodeText`. */
	loadVocabulary: call(['MODEL_FILE_INVALID', 'MODEL_LOAD_FAILED', 'TEMPLATE_TIMEOUT', 'TEMPLATE_FAILED']).input(vocabularyOrder),
	/** Chats to learn from as tokens, in order, each in as many parts as it needs. */
	encodeChats: call(['TEMPLATE_TIMEOUT', 'TEMPLATE_FAILED'])
		.input(z.strictObject({ chats: z.array(z.array(chatTurn).min(1).max(10_000)).min(1).max(mostEncodedChats) }))
		.output(eventIterator(encodedPart)),
	encodeText: call()
		.input(z.strictObject({ text: z.string().max(4_000_000) }))
		.output(eventIterator(encodedPart)),
	/** How the host is doing; asked every few seconds, so that a host which no longer answers is found. */
	stats: call().output(
		z.object({
			residentBytes: z.number().int(),
			/** The largest that `residentBytes` has been. */
			peakBytes: z.number().int(),
			/** What is taken of the GPU's memory since before the load, by other programs too. */
			vramBytes: z.number().int(),
			running: z.number().int(),
			waiting: z.number().int(),
		}),
	),
};
export type HostContract = typeof hostContract;

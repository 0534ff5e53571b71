import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { attachedAdapter } from './attachedAdapter.ts';
import { importSource, importStep } from './chatImport.ts';
import { changesOf, procedure } from './define.ts';
import { samplingShape, usage } from './engine.ts';
import { failureRecord } from './errors.ts';

export const chatSettings = samplingShape.extend({
	systemPrompt: z.string().max(100_000).default(''),
	maxTokens: z.number().int().min(1).max(131_072).default(1024),
	stop: z.array(z.string().min(1).max(200)).max(8).default([]),
});
export type ChatSettings = z.infer<typeof chatSettings>;

export const conversation = z.object({
	id: z.string(),
	title: z.string(),
	modelId: z.string().nullable(),
	/** The LoRA adapter that answers are written with; null: the model as it is. */
	adapter: attachedAdapter.nullable(),
	settings: chatSettings,
	/** The message at the end of the branch that is shown; null while there is none. */
	leafId: z.string().nullable(),
	createdAt: z.number().int(),
	updatedAt: z.number().int(),
});
export type Conversation = z.infer<typeof conversation>;

export const message = z.object({
	id: z.string(),
	conversationId: z.string(),
	/** The message this one follows; messages with one parent are siblings. */
	parentId: z.string().nullable(),
	role: z.enum(['user', 'assistant']),
	content: z.string(),
	/** `stopped`: by the user; `cut`: by a crash or a kill, the text so far is kept; `failed`: nothing came. */
	status: z.enum(['complete', 'streaming', 'stopped', 'cut', 'failed']),
	modelName: z.string().nullable(),
	usage: usage.nullable(),
	/** `length`: the limit of tokens was reached; `budget`: what the reader's balance could pay for. */
	finish: z.enum(['stop', 'length', 'budget', 'aborted']).nullable(),
	/** Tokens that the answer cost; null while it is written, for a message of the user, and for what was written before there were prices. */
	charged: z.number().int().nullable(),
	failure: failureRecord.nullable(),
	createdAt: z.number().int(),
});
export type Message = z.infer<typeof message>;

/** A piece of a streamed answer; `seq` rises; pieces that were joined for a slow reader carry the number of their last one, `message` closes the stream with what was stored. */
export const piece = z.discriminatedUnion('type', [
	z.object({ type: z.literal('text'), seq: z.number().int(), text: z.string() }),
	z.object({ type: z.literal('end'), seq: z.number().int(), message }),
]);
export type Piece = z.infer<typeof piece>;

const conversationId = z.strictObject({ conversationId: z.string() });
const messageId = z.strictObject({ messageId: z.string() });
const text = z.string().min(1).max(1_000_000);
const answerFailures = ['NO_MODEL', 'MODEL_NOT_RUNNING', 'ALREADY_ANSWERING', 'INSUFFICIENT_TOKENS'] as const;
const importFailures = ['FILE_NOT_FOUND', 'DOCUMENT_INVALID', 'DISK_FULL', 'DISK_FAILED'] as const;
const thread = z.object({ conversation, messages: z.array(message) });

export const chat = {
	list: procedure('user').output(z.array(conversation.omit({ settings: true }))),
	create: procedure('user', [], { model: 'modelId' })
		.input(z.strictObject({ modelId: z.string().nullable().default(null) }))
		.output(conversation),
	/** The conversation with all its messages, of every branch. */
	get: procedure('user').input(conversationId).output(thread),
	/** An adapter must belong to the model; another model without a word of an adapter leaves one off that does not belong to it. */
	change: procedure('user', ['NO_MODEL', 'ADAPTER_MISSING', 'ADAPTER_UNFIT'], { model: 'modelId' })
		.input(
			conversationId.extend({
				title: z.string().trim().min(1).max(200).optional(),
				modelId: z.string().nullable().optional(),
				adapter: attachedAdapter.nullable().optional(),
				settings: changesOf(chatSettings).optional(),
				leafId: z.string().nullable().optional(),
			}),
		)
		.output(conversation),
	/** Hides the conversation; `restore` undoes it until it is purged (deleted.ts). */
	remove: procedure('user').input(conversationId).output(z.void()),
	restore: procedure('user').input(conversationId).output(conversation),
	/**
	 * Adds a message after `parentId` and starts the answer in the app; `watch` the answer. To edit an earlier message, send its
	 * new text with the same parent: the two are then siblings.
	 */
	send: procedure('user', answerFailures)
		.input(conversationId.extend({ parentId: z.string().nullable(), text }))
		.output(thread),
	/** Answers once more: a sibling of the given answer. */
	regenerate: procedure('user', answerFailures).input(messageId).output(thread),
	/** The pieces after `afterSeq` of an answer being written, then its end; of a finished one, the end alone. Leaving does not stop it. */
	watch: procedure('user')
		.input(messageId.extend({ afterSeq: z.number().int().min(0).default(0) }))
		.output(eventIterator(piece)),
	stop: procedure('user').input(messageId).output(z.void()),
	/** Hides a message and what follows it. */
	removeMessage: procedure('user').input(messageId).output(thread),
	restoreMessage: procedure('user').input(messageId).output(thread),
	/** What conversations of other programs are in files. How far it is, then what was found. */
	previewImport: procedure('user', importFailures).input(importSource).output(eventIterator(importStep)),
	/** Takes in those that were not taken in before. How far it is, then what was done. */
	import: procedure('user', importFailures).input(importSource).output(eventIterator(importStep)),
	export: procedure('user')
		.input(conversationId.extend({ format: z.enum(['markdown', 'json']) }))
		.output(z.object({ fileName: z.string(), text: z.string() })),
};

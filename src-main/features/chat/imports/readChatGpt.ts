import { z } from 'zod';
import { type ForeignChat, type ForeignMessage, timeOf } from './ForeignChat.ts';

const id = z.string().min(1).max(200);
const time = z.number().nullish().catch(null);

/*
 * `conversations.json` of a ChatGPT export: a list of conversations, each a tree of nodes in `mapping` with `current_node` as the end of the branch
 * that was shown. OpenAI describes none of it; the form is that of the exports as others have written it down (mitkury/chatgpt-export-parser,
 * docs/chatgpt-data-export-format.md). Whatever is not as told there is left out by itself.
 */
const message = z.object({
	author: z.object({ role: z.string() }),
	create_time: time,
	content: z.object({
		content_type: z.string().catch('text'),
		parts: z.array(z.unknown()).nullish().catch(null),
		text: z.string().nullish().catch(null),
	}),
	metadata: z
		.object({ model_slug: z.string().nullish().catch(null), is_visually_hidden_from_conversation: z.boolean().nullish().catch(null) })
		.nullish()
		.catch(null),
	recipient: z.string().nullish().catch(null),
});
const node = z.object({ id, parent: id.nullish().catch(null), message: message.nullish().catch(null) });
const conversation = z.object({
	id: id.nullish().catch(null),
	conversation_id: id.nullish().catch(null),
	title: z.string().nullish().catch(null),
	create_time: time,
	update_time: time,
	current_node: id.nullish().catch(null),
	mapping: z.record(z.string(), z.unknown()),
});

export function isChatGpt(value: object): boolean {
	return 'mapping' in value;
}

/** Reads one conversation of an export; null where it is none. */
export function readChatGpt(value: unknown): ForeignChat | null {
	const read = conversation.safeParse(value);
	if (!read.success) return null;
	const { mapping, title, current_node: leafId, ...rest } = read.data;
	const counts = { tools: 0, attachments: 0, system: 0 };
	const messages = Object.values(mapping).flatMap((each): ForeignMessage[] => {
		const found = node.safeParse(each);
		return found.success ? [messageOf(found.data, counts)] : [];
	});
	return {
		program: 'chatgpt',
		id: rest.conversation_id ?? rest.id ?? `${rest.create_time} ${title}`,
		title: title ?? '',
		createdAt: timeOf(rest.create_time),
		updatedAt: timeOf(rest.update_time),
		systemPrompt: '',
		leafId: leafId ?? null,
		messages,
		problems: (Object.entries(counts) as ['tools' | 'attachments' | 'system', number][]).flatMap(([code, count]) => (count > 0 ? [{ code, count }] : [])),
	};
}

function messageOf(
	{ id: nodeId, parent, message: said }: z.infer<typeof node>,
	counts: { tools: number; attachments: number; system: number },
): ForeignMessage {
	const skipped: ForeignMessage = { id: nodeId, parentId: parent ?? null, role: 'skipped', text: '', modelName: null, createdAt: null };
	if (!said) return skipped;
	const { content, metadata } = said;
	const { role } = said.author;
	const parts = content.parts ?? [];
	const text = parts.filter((part) => typeof part === 'string').join('\n') || (content.text ?? '');
	const isSaid = role === 'user' || role === 'assistant';
	// What a tool is told goes to it alone; what a model thinks is not what it said.
	const isForTool =
		role === 'tool' ||
		(said.recipient ?? 'all') !== 'all' ||
		/^(thoughts|reasoning_recap|code|execution_output|tether|system_error)/.test(content.content_type);
	if (metadata?.is_visually_hidden_from_conversation || content.content_type === 'user_editable_context' || content.content_type === 'model_editable_context')
		return skipped;
	if (isForTool) counts.tools += 1;
	else if (!isSaid && text.trim() !== '') counts.system += 1;
	if (isForTool || !isSaid) return skipped;
	counts.attachments += parts.filter((part) => typeof part !== 'string').length;
	return { ...skipped, role, text, modelName: role === 'assistant' ? (metadata?.model_slug ?? null) : null, createdAt: timeOf(said.create_time) };
}

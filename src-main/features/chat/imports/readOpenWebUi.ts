import { z } from 'zod';
import { type ForeignChat, type ForeignMessage, timeOf } from './ForeignChat.ts';

const id = z.string().min(1).max(200);
const time = z.number().nullish().catch(null);

/*
 * A conversation of Open WebUI's export: a list of objects whose `chat` holds a tree of messages in `history` with `currentId` as the end of the
 * branch that was shown (docs.openwebui.com, Import & Export, "Chat Import JSON Schema").
 */
const message = z.object({
	id,
	parentId: id.nullish().catch(null),
	role: z.string().catch(''),
	content: z.string().catch(''),
	model: z.string().nullish().catch(null),
	timestamp: time,
	files: z.array(z.unknown()).optional().catch(undefined),
});
const inner = z.object({
	title: z.string().nullish().catch(null),
	system: z.string().nullish().catch(null),
	history: z.object({ currentId: id.nullish().catch(null), messages: z.record(z.string(), z.unknown()) }),
});
const outer = z.object({ id: id.nullish().catch(null), title: z.string().nullish().catch(null), created_at: time, updated_at: time, chat: inner });

export function isOpenWebUi(value: object): boolean {
	return ('chat' in value && typeof value.chat === 'object') || 'history' in value;
}

/** Reads one conversation; null where it is none. */
export function readOpenWebUi(value: object): ForeignChat | null {
	const read = outer.safeParse('chat' in value ? value : { chat: value });
	if (!read.success) return null;
	const { chat, created_at, updated_at } = read.data;
	let [attachments, system] = [0, 0];
	const messages = Object.values(chat.history.messages).flatMap((each): ForeignMessage[] => {
		const found = message.safeParse(each);
		if (!found.success) return [];
		const { role, content, model, timestamp, files = [], parentId } = found.data;
		const isSaid = role === 'user' || role === 'assistant';
		attachments += files.length;
		if (!isSaid) system += 1;
		return [
			{
				id: found.data.id,
				parentId: parentId ?? null,
				role: isSaid ? role : 'skipped',
				text: content,
				modelName: role === 'assistant' ? (model ?? null) : null,
				createdAt: timeOf(timestamp),
			},
		];
	});
	const title = read.data.title ?? chat.title ?? '';
	return {
		program: 'openwebui',
		id: read.data.id ?? `${created_at ?? messages[0]?.createdAt} ${title}`,
		title,
		createdAt: timeOf(created_at) ?? messages[0]?.createdAt ?? null,
		updatedAt: timeOf(updated_at),
		systemPrompt: chat.system ?? '',
		leafId: chat.history.currentId ?? null,
		messages,
		problems: [
			...(attachments > 0 ? [{ code: 'attachments' as const, count: attachments }] : []),
			...(system > 0 ? [{ code: 'system' as const, count: system }] : []),
		],
	};
}

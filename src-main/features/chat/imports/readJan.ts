import { z } from 'zod';
import { type ForeignChat, type ForeignMessage, inARow, timeOf } from './ForeignChat.ts';

const time = z.number().nullish().catch(null);

/*
 * A thread of Jan: a folder with `thread.json` and, one message a line, `messages.jsonl` in the form of OpenAI's threads (janhq/jan,
 * docs/docs/specs/threads.md and messages.md).
 */
const thread = z.object({
	id: z.string().min(1).max(200),
	title: z.string().nullish().catch(null),
	summary: z.string().nullish().catch(null),
	created: time,
	updated: time,
	assistants: z
		.array(z.object({ instructions: z.string().nullish().catch(null), model: z.object({ id: z.string() }).nullish().catch(null) }).catch({}))
		.catch([]),
});
const message = z.object({
	id: z.string().min(1).max(200),
	role: z.string().catch(''),
	created_at: time,
	content: z.array(z.object({ type: z.string().catch(''), text: z.object({ value: z.string() }).nullish().catch(null) }).catch({ type: '' })).catch([]),
});

export function isJan(value: object): boolean {
	return ('object' in value && value.object === 'thread') || 'assistants' in value;
}

/** Reads a thread with the lines of its messages; null where it is none. */
export function readJan(value: unknown, lines: readonly unknown[]): ForeignChat | null {
	const read = thread.safeParse(value);
	if (!read.success) return null;
	const { id, title, summary, created, updated, assistants } = read.data;
	const [assistant] = assistants;
	let [attachments, system, damaged] = [0, 0, 0];
	const messages = lines.flatMap((line, at): Omit<ForeignMessage, 'parentId'>[] => {
		const found = message.safeParse(line);
		if (!found.success) damaged += 1;
		if (!found.success) return [];
		const { role, content, created_at } = found.data;
		const isSaid = role === 'user' || role === 'assistant';
		attachments += content.filter(({ type }) => type !== 'text' && type !== '').length;
		if (!isSaid) system += 1;
		const text = content.flatMap((part) => part.text?.value ?? []).join('\n');
		return [
			{
				id: `${at} ${found.data.id}`,
				role: isSaid ? role : 'skipped',
				text,
				modelName: role === 'assistant' ? (assistant?.model?.id ?? null) : null,
				createdAt: timeOf(created_at),
			},
		];
	});
	return {
		program: 'jan',
		id,
		title: title ?? summary ?? '',
		createdAt: timeOf(created),
		updatedAt: timeOf(updated),
		systemPrompt: assistant?.instructions ?? '',
		leafId: null,
		// Older versions of Jan wrote the newest line first.
		messages: inARow(messages.toSorted((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0))),
		problems: (Object.entries({ attachments, system, damaged }) as ['attachments' | 'system' | 'damaged', number][]).flatMap(([code, count]) =>
			count > 0 ? [{ code, count }] : [],
		),
	};
}

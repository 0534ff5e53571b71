import { z } from 'zod';
import { type ForeignChat, type ForeignMessage, inARow, timeOf } from './ForeignChat.ts';

/*
 * A conversation of LM Studio (`~/.lmstudio/conversations/…/*.conversation.json`): messages one after another, each with versions, of which one is
 * selected; an answer is `multiStep`, its text in steps that are content blocks. The form is that of its files as others read them
 * (YorkieDev/lm-studio-conversation-converter, script.js); LM Studio describes none of it. Versions that are not selected become branches
 * that end there, since what followed them is not kept.
 */
const content = z.array(z.object({ type: z.string().catch(''), text: z.string().nullish().catch(null) }).catch({ type: '' })).catch([]);
const step = z
	.object({ type: z.string().catch(''), content, genInfo: z.object({ identifier: z.string() }).nullish().catch(null) })
	.catch({ type: '', content: [] });
const version = z.object({
	role: z.string(),
	content: z.union([z.string(), content]).optional().catch(undefined),
	steps: z.array(step).optional().catch(undefined),
	senderInfo: z.object({ senderName: z.string() }).nullish().catch(null),
});
const conversation = z.object({
	name: z.string().nullish().catch(null),
	createdAt: z.number().nullish().catch(null),
	systemPrompt: z.string().nullish().catch(null),
	messages: z.array(z.object({ versions: z.array(z.unknown()).min(1), currentlySelected: z.number().int().min(0).catch(0) })),
});
type Version = z.infer<typeof version>;

export function isLmStudio(value: object): boolean {
	return 'messages' in value && Array.isArray(value.messages) && value.messages.some((each) => typeof each === 'object' && each !== null && 'versions' in each);
}

/** Reads a conversation; null where it is none. LM Studio knows it by its file's name. */
export function readLmStudio(value: unknown, fileName: string): ForeignChat | null {
	const read = conversation.safeParse(value);
	if (!read.success) return null;
	const { name, systemPrompt, messages } = read.data;
	const createdAt = timeOf(read.data.createdAt);
	const counts = { tools: 0, attachments: 0 };
	const selected = messages.map(({ versions, currentlySelected }, at) => messageOf(versions[currentlySelected] ?? versions.at(-1), `${at}`, counts));
	const chain = inARow(selected);
	const others = messages.flatMap(({ versions, currentlySelected }, at) =>
		versions.flatMap((each, place) => {
			const parentId = chain[at]?.parentId ?? null;
			return place === currentlySelected ? [] : [{ ...messageOf(each, `${at}.${place}`, { tools: 0, attachments: 0 }), parentId }];
		}),
	);
	const leaf = chain.at(-1);
	return {
		program: 'lmstudio',
		id: `${fileName} ${createdAt}`,
		title: name ?? '',
		...{ createdAt, updatedAt: createdAt },
		systemPrompt: systemPrompt ?? '',
		leafId: leaf?.id ?? null,
		// Before what followed, so that the branch that was selected is the newest.
		messages: [...others, ...chain],
		problems: (Object.entries(counts) as ['tools' | 'attachments', number][]).flatMap(([code, count]) => (count > 0 ? [{ code, count }] : [])),
	};
}

function messageOf(value: unknown, id: string, counts: { tools: number; attachments: number }): Omit<ForeignMessage, 'parentId'> {
	const read = version.safeParse(value);
	const said = read.success ? read.data : null;
	const role = said?.role === 'user' || said?.role === 'assistant' ? said.role : 'skipped';
	const text = said === null ? '' : textOf(said, counts);
	const modelName = role === 'assistant' ? (said?.senderInfo?.senderName ?? said?.steps?.find(({ genInfo }) => genInfo)?.genInfo?.identifier ?? null) : null;
	return { id, role, text, modelName, createdAt: null };
}

function textOf({ content: direct, steps = [] }: Version, counts: { tools: number; attachments: number }): string {
	if (typeof direct === 'string') return direct;
	counts.tools += steps.filter(({ type }) => /tool/i.test(type)).length;
	const blocks = [...(direct ?? []), ...steps.filter(({ type }) => type === 'contentBlock').flatMap((each) => each.content)];
	counts.attachments += blocks.filter(({ type }) => type === 'file' || type === 'image').length;
	return blocks
		.filter(({ type, text }) => type === 'text' && text)
		.map(({ text }) => text)
		.join('\n');
}

import type { Conversation, Message } from '#contract/chat.ts';
import { exportFileName } from '../../platform/text/exportFileName.ts';
import { branchTo } from './tree.ts';

/** A file to be given to the user: a name that every system takes, and what is in it. */
export interface ExportedFile {
	fileName: string;
	text: string;
}

/** Writes the branch that is shown as Markdown, a heading for each message; the answers' own Markdown stays as it is. */
export function exportMarkdown(conversation: Conversation, messages: readonly Message[]): ExportedFile {
	const parts = branchTo(messages, conversation.leafId).map((message) => {
		const heading = message.role === 'user' ? 'User' : `Assistant${message.modelName === null ? '' : ` (${message.modelName})`}`;
		return `## ${heading}\n\n${message.content.trim()}${noteOn(message)}`;
	});
	const prompt = conversation.settings.systemPrompt.trim();
	if (prompt !== '') parts.unshift(`## System\n\n${prompt}`);
	const title = conversation.title || 'Chat';
	return { fileName: exportFileName(title, 'md'), text: `${[`# ${title}`, ...parts].join('\n\n')}\n` };
}

/** Writes the conversation with every branch as JSON, in the shapes of the contract. */
export function exportJson(conversation: Conversation, messages: readonly Message[]): ExportedFile {
	const text = `${JSON.stringify({ conversation, messages }, null, '\t')}\n`;
	return { fileName: exportFileName(conversation.title || 'Chat', 'json'), text };
}

function noteOn(message: Message): string {
	if (message.status === 'stopped') return '\n\n*(stopped)*';
	if (message.status === 'cut' || message.status === 'failed') return `\n\n*(${message.failure?.message ?? 'cut off'})*`;
	return '';
}

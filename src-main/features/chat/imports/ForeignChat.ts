import type { ForeignProgram, ImportProblem } from '#contract/chatImport.ts';

/** What somebody said in a conversation of another program. `skipped`: it is not taken in, but what follows it is. */
export interface ForeignMessage {
	id: string;
	parentId: string | null;
	role: 'user' | 'assistant' | 'skipped';
	text: string;
	modelName: string | null;
	/** Epoch milliseconds; null where it is not told. */
	createdAt: number | null;
}

/** A conversation of another program, as its reader understands it. */
export interface ForeignChat {
	program: ForeignProgram;
	/** By which that program knows it. */
	id: string;
	title: string;
	createdAt: number | null;
	updatedAt: number | null;
	systemPrompt: string;
	/** The end of the branch that was shown; null: the newest. */
	leafId: string | null;
	messages: ForeignMessage[];
	problems: Omit<ImportProblem, 'where'>[];
}

/** How a list of messages without branches is written as a tree: each follows the one before. */
export function inARow(messages: Omit<ForeignMessage, 'parentId'>[]): ForeignMessage[] {
	return messages.map((message, at) => ({ ...message, parentId: messages[at - 1]?.id ?? null }));
}

/** A time in seconds, as most programs have it, or in milliseconds; null for what is none. */
export function timeOf(value: number | null | undefined): number | null {
	if (value === null || value === undefined || !Number.isFinite(value) || value <= 0) return null;
	const ms = value < 1e11 ? value * 1000 : value;
	return ms < 8.64e15 ? Math.trunc(ms) : null;
}

import { z } from 'zod';

/** Programs whose conversations can be taken in. */
export const foreignProgram = z.enum(['chatgpt', 'lmstudio', 'jan', 'openwebui']);
export type ForeignProgram = z.infer<typeof foreignProgram>;

/** What of a conversation, or of a file, could not be taken in as it was. */
export const importProblem = z.object({
	/** Where: the title of a conversation, or the name of a file. */
	where: z.string(),
	/**
	 * `attachments`: pictures and files; `tools`: what tools were told and said; `system`: instructions between the messages; `tooLong`: the end of a
	 * message; `tooMany`: messages beyond what a conversation holds; `brokenTree`: messages that follow none; `empty`: nothing was said; `unknownForm`,
	 * `damaged`, `tooLarge`: nothing could be read.
	 */
	code: z.enum(['attachments', 'tools', 'system', 'tooLong', 'tooMany', 'brokenTree', 'empty', 'unknownForm', 'damaged', 'tooLarge']),
	count: z.number().int(),
});
export type ImportProblem = z.infer<typeof importProblem>;

/** What an import found, or did. */
export const importReport = z.object({
	/** Conversations by the program they come from. */
	programs: z.array(z.object({ program: foreignProgram, count: z.number().int() })),
	/** New ones, and those that were taken in before. */
	fresh: z.number().int(),
	known: z.number().int(),
	messages: z.number().int(),
	/** The first hundred new ones, in the order of their files. */
	shown: z.array(z.object({ title: z.string(), createdAt: z.number().int(), messages: z.number().int() })),
	/** The first five hundred problems, and how many there are. */
	problems: z.array(importProblem),
	problemCount: z.number().int(),
});
export type ImportReport = z.infer<typeof importReport>;

/** How far it is, 0..1, and at the end what came of it. */
export const importStep = z.discriminatedUnion('type', [
	z.object({ type: z.literal('progress'), fraction: z.number() }),
	z.object({ type: z.literal('end'), report: importReport }),
]);
export type ImportStep = z.infer<typeof importStep>;

/** So many files come with one call. */
export const mostImportFiles = 2000;

/** Files with their paths, what an administrator sent to the upload address, or a file of the machine, an administrator's to read. */
export const importSource = z.union([
	z.strictObject({
		files: z
			.array(z.strictObject({ path: z.string().min(1).max(1000), file: z.file() }))
			.min(1)
			.max(mostImportFiles),
	}),
	z.strictObject({ uploadId: z.string(), fileName: z.string().min(1).max(1000) }),
	z.strictObject({ path: z.string().min(1).max(4096) }),
]);

import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './define.ts';
import { type LinkedScreen, linkedScreens } from './linkedScreens.ts';

/** What came to the window from outside of it: from the system, the menu or the tray. */
export const errand = z.discriminatedUnion('kind', [
	z.object({ kind: z.literal('screen'), screen: z.enum(Object.keys(linkedScreens) as [LinkedScreen, ...LinkedScreen[]]) }),
	/** A model is taken in by its path: it may be larger than what a page can hold. */
	z.object({ kind: z.literal('model'), name: z.string(), path: z.string() }),
	z.object({ kind: z.literal('file'), name: z.string(), file: z.file() }),
	/** What the screen shows is to be printed; the page lays it out for that. */
	z.object({ kind: z.literal('print') }),
	/** A link that leads nowhere. */
	z.object({ kind: z.literal('unknownLink') }),
]);
export type Errand = z.infer<typeof errand>;

/** A file that was opened with Homeroom. */
export const recentFile = z.object({ id: z.string(), name: z.string(), openedAt: z.number().int() });
export type RecentFile = z.infer<typeof recentFile>;

/** What can stop against its will; `image`: what was in the memory of one, as Electron's crash reporter kept it. */
export const crashedPart = z.enum(['app', 'window', 'gpu', 'helper', 'engine', 'image']);
export const crashReport = z.object({
	id: z.string(),
	at: z.number().int(),
	part: crashedPart,
	/** In the words of the system or the engine, such as `oom` or `killed`. */
	reason: z.string(),
	/** Of Homeroom, at that time. */
	version: z.string(),
	bytes: z.number().int(),
});
export type CrashReport = z.infer<typeof crashReport>;

export const shell = {
	/** The ids of what came to the window and was not taken yet, the oldest first; again whenever something comes. The window alone. */
	errands: procedure('viewer', ['NOT_HERE']).output(eventIterator(z.array(z.string()))),
	/** Takes one of them, which is then gone, also where its file cannot be read. The window alone. */
	takeErrand: procedure('viewer', ['NOT_HERE', 'FILE_NOT_FOUND', 'FILE_NOT_ALLOWED'])
		.input(z.strictObject({ id: z.string().max(100) }))
		.output(errand),
	/** The files that the caller opened last with Homeroom, the newest first. The window alone. */
	recentFiles: procedure('viewer', ['NOT_HERE']).output(z.array(recentFile)),
	/** Opens one of them again, as an errand. The window alone. */
	reopenFile: procedure('viewer', ['NOT_HERE'])
		.input(z.strictObject({ id: z.string().max(100) }))
		.output(z.void()),
	forgetFiles: procedure('viewer', ['NOT_HERE']).output(z.void()),
	/** Opens the system's dialog to print the window's page as it is laid out now. The window alone. */
	print: procedure('viewer', ['NOT_HERE']).output(z.void()),
	/** Saves the page as a PDF where the person says; `name` is what is proposed. The window alone. */
	savePdf: procedure('viewer', ['NOT_HERE'])
		.input(z.strictObject({ name: z.string().max(300) }))
		.output(z.object({ saved: z.boolean() })),
	/** What stopped against its will, the newest first. It was sent to nobody. */
	crashes: procedure('admin').output(z.array(crashReport)),
	/** Deletes reports, and answers with those that are left. */
	removeCrashes: procedure('admin')
		.input(z.strictObject({ ids: z.array(z.string().max(500)).max(1000) }))
		.output(z.array(crashReport)),
};

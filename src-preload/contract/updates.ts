import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './define.ts';
import { failureRecord } from './errors.ts';

/** How far looking for a new version of Homeroom is. */
export const updateState = z.discriminatedUnion('kind', [
	z.object({ kind: z.literal('idle') }),
	z.object({ kind: z.literal('looking') }),
	/** This is the newest. */
	z.object({ kind: z.literal('newest') }),
	z.object({ kind: z.literal('found'), version: z.string(), sizeBytes: z.number().int().nullable() }),
	z.object({ kind: z.literal('fetching'), version: z.string(), fraction: z.number() }),
	z.object({ kind: z.literal('ready'), version: z.string() }),
	/** Work is stopped and the data copied; the program ends next. */
	z.object({ kind: z.literal('leaving') }),
	z.object({ kind: z.literal('failed'), failure: failureRecord }),
]);
export type UpdateState = z.infer<typeof updateState>;

export const updates = {
	/**
	 * How it stands, now and after each change; `server` is where new versions come from, null where this program cannot replace itself: a page in a
	 * browser, a portable one, one of the system's own packages, or a build that names no server. `back`: the version before, whose data was copied
	 * when this one was installed.
	 */
	watch: procedure('admin').output(
		eventIterator(
			z.object({
				server: z.string().nullable(),
				version: z.string(),
				state: updateState,
				/** `hasProgram`: the package of that version is kept, too. */
				back: z.object({ version: z.string(), at: z.number().int(), hasProgram: z.boolean() }).nullable(),
			}),
		),
	),
	/** Asks the server once. How it went is told by `watch`. */
	look: procedure('admin', ['NOT_HERE'], { audit: 'self' }).output(z.void()),
	/** Downloads what was found. */
	fetch: procedure('admin', ['NOT_HERE'], { audit: 'self' }).output(z.void()),
	/** Ends looking or downloading; what was found stays found. */
	stop: procedure('admin', ['NOT_HERE']).output(z.void()),
	/** Stops all work, which goes on at the next start, copies the database, ends the program and installs what was downloaded. */
	install: procedure('admin', ['NOT_HERE', 'DISK_FULL'], { audit: 'self' }).output(z.void()),
	/** Ends the program and puts the data back as it was before the last update; what was made since is kept aside. */
	goBack: procedure('admin', ['NOT_HERE'], { audit: 'self' }).output(z.void()),
};

import { z } from 'zod';
import { procedure } from './define.ts';

export const systemInfo = z.object({
	version: z.string(),
	/** `desktop`: an Electron window; `browser`: a page served by `serve`. */
	host: z.enum(['desktop', 'browser']),
	platform: z.string(),
	dataFolder: z.string(),
	logFolder: z.string(),
});
export type SystemInfo = z.infer<typeof systemInfo>;

/** A package of others that Homeroom is made with. `text` is empty where the package came without one. */
export const licence = z.object({ name: z.string(), version: z.string(), licence: z.string(), text: z.string() });
export type Licence = z.infer<typeof licence>;

export const system = {
	info: procedure('viewer').output(systemInfo),
	/** Whose code Homeroom is made with, by name; none where it runs from its sources and was not built. */
	licences: procedure('viewer').output(z.array(licence)),
	/** Opens the operating system's file dialog for one model; null when it was dismissed. Desktop only. */
	pickModelFile: procedure('admin', ['NOT_HERE']).output(z.object({ path: z.string().nullable() })),
	/** Asks the person, then opens an http, https or mailto address in the system's browser. Desktop only. */
	openLink: procedure('viewer', ['NOT_HERE'])
		.input(z.strictObject({ url: z.string().max(4096) }))
		.output(z.object({ opened: z.boolean() })),
	/** Shows the data folder in the system's file manager. Desktop only. */
	showDataFolder: procedure('admin', ['NOT_HERE']).output(z.void()),
};

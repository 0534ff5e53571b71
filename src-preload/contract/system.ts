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

export const system = {
	info: procedure('viewer').output(systemInfo),
	/** Opens the operating system's file dialog for one model; null when it was dismissed. Desktop only. */
	pickModelFile: procedure('admin', ['NOT_HERE']).output(z.object({ path: z.string().nullable() })),
	/** Asks the person, then opens an http, https or mailto address in the system's browser. Desktop only. */
	openLink: procedure('viewer', ['NOT_HERE'])
		.input(z.strictObject({ url: z.string().max(4096) }))
		.output(z.object({ opened: z.boolean() })),
	/** Shows the data folder in the system's file manager. Desktop only. */
	showDataFolder: procedure('admin', ['NOT_HERE']).output(z.void()),
};

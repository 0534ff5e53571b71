import { z } from 'zod';
import { procedure } from './define.ts';

export const settingsShape = z.strictObject({
	/** `system` follows the language of the browser or the operating system. */
	language: z.enum(['system', 'en', 'zh']),
	theme: z.enum(['system', 'light', 'dark']),
	/** Threads an engine computes with; null: the physical cores this process may use. */
	engineThreads: z.number().int().min(1).max(256).nullable(),
	/** Minutes without a request after which a model is unloaded; null: never. */
	idleUnloadMinutes: z.number().int().min(1).max(1440).nullable(),
});
export type Settings = z.infer<typeof settingsShape>;
export const defaultSettings: Settings = { language: 'system', theme: 'system', engineThreads: null, idleUnloadMinutes: 30 };

export const settings = {
	/** Language and theme are the account's own; the engine's settings are the machine's. */
	get: procedure('viewer').output(settingsShape),
	/** Changes what is named and answers with all. The machine's settings need an administrator. */
	set: procedure('viewer').input(settingsShape.partial()).output(settingsShape),
};

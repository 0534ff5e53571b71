import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './define.ts';
import { repeatCharge } from './engine.ts';
import { keepDeletedDays } from './keepDeleted.ts';

/** An address of a server: https, or plain http on this machine or in its network. */
const endpoint = z.url({ protocol: /^https?$/ }).max(2048);

export const settingsShape = z.strictObject({
	/** `system` follows the language of the browser or the operating system. */
	language: z.enum(['system', 'en', 'zh']),
	theme: z.enum(['system', 'light', 'dark']),
	/** Whether Home shows the first steps: `new` while nothing was begun, `shown` because they were asked for again, `left` no more. */
	firstSteps: z.enum(['new', 'shown', 'left']),
	/** Whether the end of a job is told outside of the window, too: what kind of work it was and how many things, nothing of what is in it. */
	tellEnds: z.boolean(),
	/** Threads an engine computes with; null: the physical cores this process may use. */
	engineThreads: z.number().int().min(1).max(256).nullable(),
	/** Minutes without a request after which a model is unloaded; null: never. */
	idleUnloadMinutes: z.number().int().min(1).max(1440).nullable(),
	/** Whether the same request gets the same answer again, without the model. */
	keepAnswers: z.boolean(),
	/** Days after which an answer that is kept is forgotten: no more than what was deleted stays, so that none outlives what it came from. */
	keepAnswersDays: z.number().int().min(1).max(keepDeletedDays),
	/** Room for the answers that are kept. */
	keepAnswersBytes: z.number().int().min(1_048_576).max(107_374_182_400),
	repeatCharge,
	/** Nothing leaves this machine: no search, no download. */
	offline: z.boolean(),
	/** Whether Homeroom looks for new versions of itself; null: nobody has said yet, so it does not. */
	lookForUpdates: z.boolean().nullable(),
	/** Where Hugging Face, or a mirror of it, is asked. */
	hubEndpoint: endpoint,
	/** Where the Ollama registry, or a mirror of it, is asked. */
	registryEndpoint: endpoint,
	/** The address of a proxy for all that leaves this machine; `system`: as the environment says; `none`: none. */
	proxy: z.union([z.enum(['system', 'none']), z.url({ protocol: /^https?$/ }).max(2048)]),
	/** Whoever reaches the HTTP API may make an account for themselves there. */
	openRegistration: z.boolean(),
	downloadsAtOnce: z.number().int().min(1).max(8),
	/** Most that all downloads together take; null: as much as there is. */
	downloadBytesPerSecond: z.number().int().min(16_384).max(10_737_418_240).nullable(),
});
export type Settings = z.infer<typeof settingsShape>;
export const defaultSettings: Settings = {
	language: 'system',
	theme: 'system',
	firstSteps: 'new',
	tellEnds: true,
	engineThreads: null,
	idleUnloadMinutes: 30,
	keepAnswers: true,
	keepAnswersDays: 7,
	keepAnswersBytes: 268_435_456,
	repeatCharge: 'surcharge',
	offline: false,
	lookForUpdates: null,
	hubEndpoint: 'https://huggingface.co',
	registryEndpoint: 'https://registry.ollama.ai',
	proxy: 'system',
	openRegistration: false,
	downloadsAtOnce: 3,
	downloadBytesPerSecond: null,
};

/** These are each account's own; the rest is the machine's and needs an administrator. */
export const ownSettings: readonly string[] = ['language', 'theme', 'firstSteps', 'tellEnds'] satisfies (keyof Settings)[];
const machineSettings = Object.keys(settingsShape.shape).filter((key) => !ownSettings.includes(key));

export const settings = {
	/** Language, theme and first steps are the account's own; the engine's settings are the machine's. A proxy's name and password only administrators see. */
	get: procedure('viewer').output(settingsShape),
	/** The same now, and again after each change by anybody. */
	watch: procedure('viewer').output(eventIterator(settingsShape)),
	/** Changes what is named and answers with all. The machine's settings need an administrator. */
	set: procedure('viewer', [], {
		audit: { fields: machineSettings },
		auditFields: ['offline', 'lookForUpdates', 'openRegistration', 'engineThreads', 'idleUnloadMinutes', 'keepAnswers', 'repeatCharge'],
	})
		.input(settingsShape.partial())
		.output(settingsShape),
};

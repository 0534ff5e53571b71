import { z } from 'zod';
import { subtitleFinding } from './subtitleFinding.ts';

/** What a person should look at in a translation, the riskiest cues first. */
export const subtitleReport = z.object({
	/** How many cues were looked at; how many have findings, of which `reported` are the first. */
	cues: z.number().int(),
	found: z.number().int(),
	reported: z.array(z.object({ cueId: z.string(), findings: z.array(subtitleFinding), risk: z.number() })),
});
export type SubtitleReport = z.infer<typeof subtitleReport>;

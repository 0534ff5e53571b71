import { z } from 'zod';
import { subtitleLimits } from './subtitleLimits.ts';

/** A subtitle file that is sent. */
export const subtitleFile = z.strictObject({
	file: z.file().max(subtitleLimits.fileBytes),
	fileName: z.string().min(1).max(255),
	/** Left out: found out. */
	encoding: z.string().max(40).optional(),
	/** Of a file that counts frames; left out: as it says, or 25. */
	fps: z.number().min(1).max(240).optional(),
});

import { z } from 'zod';
import { procedure } from './define.ts';

export const role = z.enum(['viewer', 'user', 'admin']);
export type Role = z.infer<typeof role>;

export const account = z.object({ id: z.string(), name: z.string(), role });
export type Account = z.infer<typeof account>;

export const accounts = {
	/** The account that this connection acts for. */
	me: procedure('viewer').output(account),
	/** Gives the account another name to be shown. */
	rename: procedure('viewer')
		.input(z.strictObject({ name: z.string().trim().min(1).max(80) }))
		.output(account),
	/** Ends this browser's session; the desktop window has none to end and stays. */
	signOut: procedure('viewer').output(z.void()),
};

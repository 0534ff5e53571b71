import { z } from 'zod';

/** Why a file cannot be restored. */
export const backupRefusal = z.enum([
	'notBackup',
	'damaged',
	/** Made by a later Homeroom, or by another build. */
	'newer',
	'otherBuild',
	/** Something in it leads elsewhere, or is there twice: nobody's Homeroom wrote that. */
	'hostile',
	'tooMuchInside',
	'passwordNeeded',
	'passwordWrong',
	/** Homeroom was closed before it was done, and keeps no password. */
	'passwordForgotten',
]);
export type BackupRefusal = z.infer<typeof backupRefusal>;

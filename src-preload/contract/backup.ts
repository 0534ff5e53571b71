import { z } from 'zod';
import { procedure } from './define.ts';
import { job } from './jobs.ts';

export const backupSummary = z.object({
	createdAt: z.number().int(),
	/** The version of the Homeroom that made it. */
	homeroom: z.string(),
	withModels: z.boolean(),
	files: z.number().int(),
	/** It is under a password. */
	isSealed: z.boolean(),
	/** Of all files unpacked, and of the models among them. */
	sizeBytes: z.number().int(),
	modelBytes: z.number().int(),
});
export type BackupSummary = z.infer<typeof backupSummary>;

/** Backups that are made by themselves. */
export const backupSchedule = z.strictObject({
	every: z.enum(['never', 'day', 'week']),
	/** Where they go; empty: nowhere yet. */
	folder: z.string().max(4096),
	/** So many are kept; older ones of these are deleted. */
	keep: z.number().int().min(1).max(365),
	withModels: z.boolean(),
});
export type BackupSchedule = z.infer<typeof backupSchedule>;
export const usualSchedule: BackupSchedule = { every: 'never', folder: '', keep: 7, withModels: false };

/** What was done to the data folder at a start, or will be at the next one. */
const swap = z.object({ act: z.enum(['restore', 'back']), backedUpAt: z.number().int(), from: z.string(), withModels: z.boolean() });

export const backupState = z.object({
	/** What a backup would read now, without models and of the models. */
	dataBytes: z.number().int(),
	modelBytes: z.number().int(),
	schedule: backupSchedule,
	/** The newest backup in the schedule's folder; null: none, or the folder is not there. */
	last: z.object({ fileName: z.string(), at: z.number().int(), sizeBytes: z.number().int() }).nullable(),
	/** When the next one is due; null: never. */
	nextAt: z.number().int().nullable(),
	/** What the next start does. */
	waiting: swap.nullable(),
	/** What was done, of which the replaced data is kept. */
	applied: swap.extend({ at: z.number().int(), keptBytes: z.number().int() }).nullable(),
	move: z.object({
		dataFolder: z.string(),
		/** Where the data goes at the next start; null: nowhere. */
		to: z.string().nullable(),
		/** Why the last start could not finish a move, in English. */
		failed: z.string().nullable(),
		/** Where the data was before, and what is still there. */
		cameFrom: z.object({ from: z.string(), at: z.number().int(), keptBytes: z.number().int() }).nullable(),
	}),
	/** Homeroom can close and open again by itself. */
	canRestart: z.boolean(),
	/** Secrets that were restored and cannot be opened here: they are to be given anew. */
	lostSecrets: z.array(z.enum(['huggingFace', 'backends', 'certificate'])),
});
export type BackupState = z.infer<typeof backupState>;

const path = z.string().min(1).max(4096);
/** It seals the whole file; nobody can open it without. */
export const backupPassword = z.string().min(8).max(1000);
const pathFailures = ['FILE_NOT_FOUND', 'FILE_NOT_ALLOWED', 'DISK_FULL', 'DISK_FAILED'] as const;
const sealed = z.strictObject({ path, password: z.string().max(1000).nullable().default(null) });

/** Keeping all that Homeroom holds in one file, and taking it back. */
export const backup = {
	state: procedure('admin').output(backupState),
	/** Queues the job that writes a backup into a folder of this machine, under a name of its own. */
	start: procedure('admin', pathFailures, { audit: 'made', auditFields: ['withModels'] })
		.input(z.strictObject({ folder: path, withModels: z.boolean(), password: backupPassword.nullable().default(null) }))
		.output(job),
	/** What a backup says of itself, before anything is done with it. */
	look: procedure('admin', ['BACKUP_INVALID', ...pathFailures])
		.input(sealed)
		.output(backupSummary),
	/** Queues the job that unpacks and checks a backup beside the present data; the next start puts it in its place. */
	restore: procedure('admin', ['BACKUP_INVALID', ...pathFailures], { audit: 'made' })
		.input(sealed)
		.output(job),
	/** Lets the next start leave everything as it is. */
	forget: procedure('admin', [], { audit: 'self' }).output(z.void()),
	/** Lets the next start put back what a restore replaced. */
	goBack: procedure('admin', [], { audit: 'self' }).output(z.void()),
	/** Deletes what a restore replaced. */
	dropReplaced: procedure('admin', ['DISK_FAILED'], { audit: 'self' }).output(z.void()),
	/** Queues the copying of the data folder to another place, which the next start finishes and follows. */
	moveTo: procedure('admin', pathFailures, { audit: 'made' })
		.input(z.strictObject({ folder: path }))
		.output(job),
	/** Lets the data stay where it is. */
	forgetMove: procedure('admin', ['DISK_FAILED'], { audit: 'self' }).output(z.void()),
	/** Deletes what is left where the data was before. */
	dropLeft: procedure('admin', ['DISK_FAILED'], { audit: 'self' }).output(z.void()),
	/** Closes Homeroom and opens it again. */
	restart: procedure('admin', ['NOT_HERE'], { audit: 'self' }).output(z.void()),
	setSchedule: procedure('admin', pathFailures, { audit: 'self', auditFields: ['every', 'keep', 'withModels'] })
		.input(backupSchedule)
		.output(backupState),
};

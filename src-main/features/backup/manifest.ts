import { z } from 'zod';

/** The last file of a backup, which tells what the others are. */
export const manifestName = 'manifest.json';
export const databaseName = 'homeroom.db';
/** A list of so many files is some 30 MB. */
export const mostFiles = 200_000;
export const mostManifestBytes = 2 ** 26;

/** The folders of the data folder that go into a backup, beside the database; `models` where it was asked for. */
export const partFolders = ['finetune', 'conversions', 'models'] as const;

const longestPath = 1000;
const longestName = 255;
/** What some system takes for more than a letter of a name, and what Windows drops or opens in place of a file (Naming Files, Paths, and Namespaces). */
const unfitName = /[\\/:*?"<>|\p{Cc}]|^ |[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/iu;

/** Whether a file of a backup may have this name: that of the database, or one below one of the folders. */
export function isPlaced(path: string): boolean {
	const [folder, ...names] = path.split('/');
	if (path === databaseName) return true;
	const isBelow = names.length > 0 && partFolders.some((part) => part === folder);
	return isBelow && path.length <= longestPath && names.every((name) => name !== '' && name.length <= longestName && !unfitName.test(name));
}

const backedUpFile = z.strictObject({
	path: z.string().refine(isPlaced),
	sizeBytes: z.number().int().nonnegative(),
	/** Time of its last change, by which the library knows its files again. */
	modifiedAt: z.number().int(),
	/** Lower-case hexadecimal. */
	sha256: z.string().regex(/^[\da-f]{64}$/),
	/** It was deleted before its turn came: the entry is empty, and stands for no file. */
	isGone: z.literal(true).optional(),
});
export type BackedUpFile = z.infer<typeof backedUpFile>;

export const manifest = z.strictObject({
	format: z.literal('homeroom-backup'),
	version: z.literal(1),
	/** The version of the app that made it. */
	homeroom: z.string().max(100),
	createdAt: z.number().int(),
	withModels: z.boolean(),
	files: z.array(backedUpFile).min(1).max(mostFiles),
});
export type Manifest = z.infer<typeof manifest>;

import { createReadStream } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { failure } from '#contract/errors.ts';
import { modelDefaults, modelKind, modelOrigin } from '#contract/library.ts';
import { diskCode } from '../../platform/disk/diskFailure.ts';
import { syncFolder } from '../../platform/disk/syncFolder.ts';

/** The list of the models in a folder that `exportTo` wrote. */
export const manifestName = 'homeroom-models.json';

/** A file is read from the folder itself and nowhere else: no separators, nothing hidden, no names that Windows reads as something else. */
const bundledName = z
	.string()
	.max(255)
	.regex(/^[\p{L}\p{N}_][\p{L}\p{N}._-]*\.gguf$/u)
	.refine((name) => !/^(con|prn|aux|nul|com\d|lpt\d)\./i.test(name));

const bundledFile = z.strictObject({
	name: bundledName,
	sizeBytes: z.number().int().positive(),
	sha256: z.string().regex(/^[0-9a-f]{64}$/),
	/** The source of the model publishes `sha256`; else it was computed at the export. */
	published: z.boolean(),
});

const bundledModel = z.strictObject({
	name: z.string().min(1).max(300),
	kind: modelKind,
	files: z.array(bundledFile).min(1).max(1000),
	origin: modelOrigin,
	license: z.string().max(300).nullable(),
	tags: z.array(z.string().min(1).max(40)).max(20),
	defaults: modelDefaults.nullable(),
	/** For people who read the list; a model that is taken in is inspected anew. */
	facts: z.strictObject({
		architecture: z.string(),
		parameters: z.number().int().nullable(),
		quantization: z.string(),
		contextTokens: z.number().int().nullable(),
	}),
});
export type BundledModel = z.infer<typeof bundledModel>;

const bundle = z
	.strictObject({
		/** Version of this form. */
		homeroomModels: z.literal(1),
		models: z.array(bundledModel).max(1000),
	})
	// File systems that know no upper case, or put accents together, see one file in two such names.
	.refine(({ models }) => {
		const names = models.flatMap(({ files }) => files.map(({ name }) => name.normalize('NFC').toLowerCase()));
		return new Set(names).size === names.length;
	});

const mostManifestBytes = 16 * 2 ** 20;

/**
 * Reads the list of a folder's models and checks every word of it.
 *
 * Throws BUNDLE_INVALID `noManifest` where there is none and `badManifest` where anything in it is not as it should be; what the
 * disk says besides is thrown as it is.
 */
export async function readBundle(folder: string): Promise<BundledModel[]> {
	let text = '';
	try {
		for await (const piece of createReadStream(join(folder, manifestName), { encoding: 'utf8' })) {
			text += piece;
			if (text.length > mostManifestBytes) throw failure('BUNDLE_INVALID', { reason: 'badManifest' });
		}
	} catch (error) {
		const code = diskCode(error);
		if (code === 'EISDIR') throw failure('BUNDLE_INVALID', { reason: 'badManifest' }, error);
		throw code === 'ENOENT' || code === 'ENOTDIR' ? failure('BUNDLE_INVALID', { reason: 'noManifest' }, error) : error;
	}
	try {
		return bundle.parse(JSON.parse(text)).models;
	} catch (error) {
		throw failure('BUNDLE_INVALID', { reason: 'badManifest' }, error);
	}
}

/** Writes the list, so that a reader finds the old one or the new one, also after a power cut. */
export async function writeBundle(folder: string, models: BundledModel[]): Promise<void> {
	const text = JSON.stringify({ homeroomModels: 1, models } satisfies z.infer<typeof bundle>, null, '\t');
	const part = join(folder, `${manifestName}.part`);
	const file = await open(part, 'w');
	try {
		await file.writeFile(text);
		await file.sync();
	} finally {
		await file.close();
	}
	await rename(part, join(folder, manifestName));
	await syncFolder(folder);
}

/** What tells one model of a bundle from the others, and is the same in each copy of it: the checksums of its files. */
export function bundleKey(files: readonly { sha256: string }[]): string {
	return files.map(({ sha256 }) => sha256).join(' ');
}

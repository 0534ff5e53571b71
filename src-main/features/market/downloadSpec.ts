import { z } from 'zod';
import { modelDefaults, modelKind } from '#contract/library.ts';
import { remotePart, remoteSource } from '#contract/market.ts';

const checksumForm = /^(sha256:[0-9a-f]{64}|git-sha1:[0-9a-f]{40})$/;
const specPart = remotePart.extend({ checksum: z.string().regex(checksumForm) });

/**
 * What a download's job fetches, resolved when it was asked for: the very commit and the checksum of each part, so that it goes on the
 * same after any restart. Addresses are made anew each time, and no token is in it.
 */
export const downloadSpec = z.object({
	source: remoteSource,
	name: z.string(),
	revision: z.string(),
	license: z.string().nullable(),
	defaults: modelDefaults.nullable(),
	/** Each becomes a model of its own. */
	bundles: z.array(z.object({ id: z.string(), kind: modelKind, fileName: z.string(), parts: z.array(specPart).min(1) })).min(1),
});
export type DownloadSpec = z.infer<typeof downloadSpec>;
export type Bundle = DownloadSpec['bundles'][number];
export type SpecPart = Bundle['parts'][number];

/** Where a download stands: the model that each bundle became, and bytes fetched so far. */
export const downloadCheckpoint = z.object({ modelIds: z.array(z.string()), bytesDone: z.number().int() });
export type DownloadCheckpoint = z.infer<typeof downloadCheckpoint>;

/** Fetches the blocks of a model anew that a check found wrong. `bytes`: how many they are in all. */
export const repairSpec = z.object({ modelId: z.string(), bytes: z.number().int() });

/** All that a download fetches, in bytes. */
export function bytesOf({ bundles }: Pick<DownloadSpec, 'bundles'>): number {
	return bundles.flatMap(({ parts }) => parts).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

/** Bytes of a download that need not be fetched again: of the models it became, and what `keptBytes` tells of each other part. */
export function bytesHere({ bundles }: DownloadSpec, modelIds: readonly string[], keptBytes: (part: SpecPart) => number): number {
	const parts = bundles.slice(modelIds.length).flatMap((bundle) => bundle.parts);
	return bytesOf({ bundles: bundles.slice(0, modelIds.length) }) + parts.reduce((sum, part) => sum + keptBytes(part), 0);
}

/** The sha256s of some parts; null where one is known by git's blob id alone. */
export function sha256sOf(parts: readonly { checksum: string | null }[]): string[] | null {
	const sums = parts.map(({ checksum }) => (checksum?.startsWith('sha256:') ? checksum.slice('sha256:'.length) : null));
	return sums.every((sum) => sum !== null) ? sums : null;
}

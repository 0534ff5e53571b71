import type { RemoteFile } from '#contract/market.ts';
import { bitsOf } from './quantizationGuide.ts';

type Candidate = Pick<RemoteFile, 'id' | 'kind' | 'quantization' | 'sizeBytes'>;

/** `unknown`: the answer hangs on the fit of the file `ask`; `none`: no file fits; `untold`: of no file that can be told. */
export type Recommendation = { kind: 'file'; id: string } | { kind: 'unknown'; ask: string } | { kind: 'none' } | { kind: 'untold' };

/** Whether a file fits; `unknown` until it was planned, `failed` where its header could not be read. */
export type KnownFit = 'fits' | 'slow' | 'tooBig' | 'unknown' | 'failed';

/** More bits than this make no difference that one reads. */
const mostUsefulBits = 9;

/**
 * The file of a model to recommend: the one of the best quality that fits this machine.
 *
 * A larger file never fits where a smaller one does not, so the boundary is sought by halving: of 25 files about five are asked for.
 */
export function recommendFile(files: readonly Candidate[], fitOf: (id: string) => KnownFit): Recommendation {
	const models = files.filter(({ kind, id }) => kind === 'model' && fitOf(id) !== 'failed');
	if (models.length === 0) return { kind: 'untold' };
	const useful = models.filter(({ quantization }) => (bitsOf(quantization ?? '') ?? 0) < mostUsefulBits);
	const bySize = (useful.length > 0 ? useful : models).toSorted((a, b) => a.sizeBytes - b.sizeBytes);
	const fitting = bySize.findLastIndex(({ id }) => fitOf(id) === 'fits');
	const beyond = bySize.findIndex(({ id }, index) => index > fitting && fitOf(id) !== 'unknown');
	const end = beyond === -1 ? bySize.length : beyond;
	const file = bySize[end - fitting <= 1 ? fitting : Math.floor((fitting + end) / 2)];
	if (file === undefined) return { kind: 'none' };
	return end - fitting <= 1 ? { kind: 'file', id: file.id } : { kind: 'unknown', ask: file.id };
}

/** The picture part to offer: of several precisions the smallest, since they see alike. */
export function projectorOf<T extends Candidate>(files: readonly T[]): T | null {
	return files.filter(({ kind }) => kind === 'projector').toSorted((a, b) => a.sizeBytes - b.sizeBytes)[0] ?? null;
}

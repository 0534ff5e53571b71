import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import type { Model } from '#contract/library.ts';

/**
 * What a model of the library is made of now, as one line that another model, or this one once a file or its template was changed, does not
 * share; null while its files are not in order. Files are told by their checksum, or where nobody knows one by their place, and by when they
 * were written.
 */
export function modelIdentity({ files, fileState, defaults }: Pick<Model, 'files' | 'fileState' | 'defaults'>): string | null {
	if (fileState !== 'present') return null;
	const parts: unknown[] = [defaults?.chatTemplate ?? null];
	for (const { path, sha256, sizeBytes } of files) {
		const written = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
		if (written === undefined) return null;
		parts.push([sha256 ?? path, sizeBytes, written]);
	}
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

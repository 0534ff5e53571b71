import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import type { ConvertOrder } from '../convertBytes.ts';

/** What a sidecar says it is. */
export const sidecarKind = 'homeroom.sidecar';

/** What stands in a sidecar. It holds the whole source, packed: whatever the result has lost is in there, down to its white space. */
export interface Sidecar {
	kind: typeof sidecarKind;
	version: 1;
	order: Pick<ConvertOrder, 'from' | 'to' | 'read' | 'write' | 'mode'>;
	/** Of the result it was made beside. */
	resultSha256: string;
	/** Raw deflate, as base64. */
	source: string;
}

/** Makes the file that stands beside a result, with which `convertBack` gives the source again. */
export function makeSidecar(source: Uint8Array, { from, to, read, write, mode }: ConvertOrder, result: Uint8Array): Uint8Array {
	const sidecar: Sidecar = {
		kind: sidecarKind,
		version: 1,
		order: { from, to, mode, ...(read && { read }), ...(write && { write }) },
		resultSha256: sha256(result),
		source: deflateRawSync(source).toString('base64'),
	};
	return new TextEncoder().encode(`${JSON.stringify(sidecar, null, '\t')}\n`);
}

export function sha256(bytes: Uint8Array): string {
	return createHash('sha256').update(bytes).digest('hex');
}

import { inflateSync } from 'node:zlib';
import type { TrackObstacle } from '../filmTrack.ts';
import { elementIn, elementsIn, unsignedIn } from './ebml.ts';
import { ids } from './elementIds.ts';

/** One way in which what is in a track was changed before it was stored (RFC 9559 section 5.1.4.1.31). */
export interface ContentEncoding {
	order: number;
	kind: 'zlib' | 'headerStripping' | 'encrypted' | 'other';
	/** Of header stripping: what every block began with. */
	stripped: Uint8Array;
	ofBlocks: boolean;
	ofPrivate: boolean;
}

/** What one block or head may become when it is unpacked. */
const mostUnpackedBytes = 16 * 2 ** 20;

/** Reads the encodings of a track, in the order in which they are undone. */
export function readEncodings(trackEntry: Uint8Array): ContentEncoding[] {
	const all = elementIn(trackEntry, ids.contentEncodings) ?? new Uint8Array();
	const encodings: ContentEncoding[] = [];
	for (const { id, data } of elementsIn(all)) {
		if (id !== ids.contentEncoding) continue;
		const compression = elementIn(data, ids.compression) ?? new Uint8Array();
		const algorithm = unsignedIn(compression, ids.compressionAlgorithm, 0);
		const scope = unsignedIn(data, ids.encodingScope, 1);
		const isEncrypted = unsignedIn(data, ids.encodingType, 0) === 1;
		encodings.push({
			order: unsignedIn(data, ids.encodingOrder, 0),
			kind: isEncrypted ? 'encrypted' : algorithm === 0 ? 'zlib' : algorithm === 3 ? 'headerStripping' : 'other',
			stripped: elementIn(compression, ids.compressionSettings) ?? new Uint8Array(),
			ofBlocks: (scope & 1) !== 0,
			ofPrivate: (scope & 2) !== 0,
		});
	}
	return encodings.sort((a, b) => b.order - a.order);
}

/** What keeps a track of these encodings from being read. */
export function obstacleOf(encodings: readonly ContentEncoding[]): TrackObstacle | null {
	if (encodings.some(({ kind }) => kind === 'encrypted')) return 'encrypted';
	return encodings.some(({ kind }) => kind === 'other') ? 'compression' : null;
}

/** Undoes the encodings of a block or of the head of a track. Null where the packed bytes are damaged or unpack to more than 16 MiB. */
export function undoEncodings(encodings: readonly ContentEncoding[], of: 'blocks' | 'private', packed: Uint8Array): Uint8Array | null {
	let bytes = packed;
	for (const encoding of encodings) {
		if (!(of === 'blocks' ? encoding.ofBlocks : encoding.ofPrivate)) continue;
		if (encoding.kind === 'headerStripping') {
			bytes = Buffer.concat([encoding.stripped, bytes]);
			continue;
		}
		try {
			bytes = inflateSync(bytes, { maxOutputLength: mostUnpackedBytes });
		} catch {
			return null;
		}
	}
	return bytes;
}

import { failure } from '#contract/errors.ts';
import type { Network } from '../../platform/network/Network.ts';
import type { GgufFacts, Library } from '../library/library.ts';
import type { FoundFile, PartAddress } from './foundModel.ts';
import { refusalOf } from './refusalOf.ts';
import { requestOpenly } from './requestOpenly.ts';

const firstBytes = 512 * 1024;
/** So much is fetched where without it nothing could be said at all. */
const mostBytes = 16 * 2 ** 20;
/** A complete header that ends within this is worth its bytes; one with a whole vocabulary in it is mostly not. */
const cheapBytes = 2 * 2 ** 20;

/** What the header of a file tells that is not here. `exact`: all of it was read. */
export interface RemoteHeader {
	facts: GgufFacts;
	exact: boolean;
}

interface Reading {
	network: Pick<Network, 'request'>;
	library: Pick<Library, 'inspectHeader'>;
	address: PartAddress;
	/** The repository, for messages. */
	name: string;
}

/**
 * Reads as much of a file's header as is needed to plan its load, where the file is: half a megabyte mostly.
 *
 * Throws MODEL_FILE_INVALID for what is no model that can be loaded by itself, and the network's failures.
 */
export async function readRemoteHeader(file: FoundFile, reading: Reading): Promise<RemoteHeader> {
	let beginning = Buffer.alloc(0);
	let wanted = Math.min(firstBytes, file.parts[0]?.sizeBytes ?? 0);
	for (;;) {
		beginning = Buffer.concat([beginning, await readRange(beginning.length, wanted, reading)]);
		const { fileName } = file;
		const view = await reading.library.inspectHeader(beginning, { fileBytes: file.sizeBytes, fileName });
		if (view.kind !== 'model') throw failure('MODEL_FILE_INVALID', { fileName, kind: 'accessory', detail: `It is of the kind “${view.kind}”.` });
		const more = Math.min(view.needBytes ?? 0, file.parts[0]?.sizeBytes ?? 0);
		const isEnough = more <= beginning.length || more > (view.facts ? cheapBytes : mostBytes);
		if (view.facts && isEnough) return file.parts.length > 1 ? spreadOut(view.facts, file.sizeBytes) : { facts: view.facts, exact: view.exact };
		if (isEnough)
			throw failure('MODEL_FILE_INVALID', { fileName, kind: 'tooLong', detail: `The first ${beginning.length} bytes do not tell what the model is.` });
		wanted = more;
	}
}

async function readRange(from: number, to: number, { network, address, name }: Reading): Promise<Buffer> {
	const response = await requestOpenly(network, { ...address, purpose: 'facts', headers: { range: `bytes=${from}-${to - 1}` } });
	if (response.status === 200 && from === 0) return readUpTo(response.body, to);
	if (response.status === 200) {
		response.discard();
		throw failure('SERVER_CONFUSED', { host: response.host, what: 'the whole file in place of a part' });
	}
	if (response.status !== 206) throw await refusalOf(response, { name, hasToken: address.token !== undefined, now: Date.now() });
	const placed = response.headers['content-range']?.startsWith(`bytes ${from}-`);
	if (!placed) {
		response.discard();
		throw failure('SERVER_CONFUSED', { host: response.host, what: 'another part of the file' });
	}
	return response.bytes(to - from);
}

/** The beginning of a body whose server does not know ranges. */
async function readUpTo(body: AsyncIterable<Buffer>, most: number): Promise<Buffer> {
	const pieces: Buffer[] = [];
	let length = 0;
	for await (const piece of body) {
		pieces.push(piece);
		length += piece.length;
		if (length >= most) break;
	}
	return Buffer.concat(pieces).subarray(0, most);
}

/** Of a split model the first part tells the shape, and the sizes of its own tensors alone: the bytes of all are shared out evenly. */
function spreadOut(facts: GgufFacts, fileBytes: number): RemoteHeader {
	const tensorBytes = Math.max(facts.tensorBytes, fileBytes);
	const share = facts.blockCount === 0 ? 0 : Math.max(0, Math.floor((tensorBytes - facts.outputBytes) / facts.blockCount));
	return { facts: { ...facts, tensorBytes, layerBytes: facts.layerBytes.map(() => share) }, exact: false };
}

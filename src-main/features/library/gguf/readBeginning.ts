import type { ModelKind } from '#contract/library.ts';
import { fileTypeNames } from './fileTypeNames.ts';
import { type GgufFacts, gatherFacts, namesOf } from './gatherFacts.ts';
import { BeginningEnded, beginningSource, HeaderCursor, type ReadLimits } from './HeaderCursor.ts';
import { readHeader } from './readHeader.ts';
import { readKind } from './readKind.ts';
import { type Metadata, type MetadataValue, tokenListKey } from './readMetadata.ts';
import { type ModelShape, noShape, readArchitecture, readShape } from './readShape.ts';
import { readSplit } from './readSplit.ts';

/** What the first bytes of a file tell of it. */
export interface HeaderView {
	kind: ModelKind;
	/** Null where the beginning ends before the measures of the model are all there. */
	facts: GgufFacts | null;
	/** The whole header was there; else the sizes of the tensors are estimated from the file's size, and what comes late is missing. */
	exact: boolean;
	/** With a beginning of this length more may be told; null where there is no more. */
	needBytes: number | null;
}

/** Less of the header than real vocabularies take for a token, so that what is left for the tensors is rather too much. */
const headerBytesPerToken = 24;

/**
 * Tells what a file is of which only the first bytes are at hand, such as one on a server. `fileBytes` is the size of all of it.
 *
 * Throws `Refusal` for a file that readGguf would refuse, as far as can be seen. A beginning that ends too early is no
 * reason to refuse. Of a split model the first part alone tells its shape; `fileBytes` of all parts gives a fair estimate then.
 */
export function readBeginning(beginning: Uint8Array, fileBytes: number, limits: ReadLimits): HeaderView {
	const metadata = new Map<string, MetadataValue>();
	try {
		const header = readHeader(new HeaderCursor(beginningSource(beginning, fileBytes), limits), metadata);
		return { kind: header.kind, facts: gatherFacts([header]), exact: true, needBytes: null };
	} catch (error) {
		if (!(error instanceof BeginningEnded)) throw error;
		const needBytes = Math.min(fileBytes, Math.max(error.neededBytes, 2 * beginning.length));
		const kind = readKind(metadata);
		return { kind, facts: estimateFacts(metadata, kind, fileBytes, beginning.length), exact: false, needBytes };
	}
}

/** Null where the shape is not all there: metadata is kept in no fixed order, but the list of tokens follows the shape in all files of llama.cpp. */
function estimateFacts(metadata: Metadata, kind: ModelKind, fileBytes: number, beginningBytes: number): GgufFacts | null {
	const tokens = metadata.get(tokenListKey);
	if (kind === 'model' && typeof tokens !== 'object') return null;
	const vocabularySize = kind === 'model' && typeof tokens === 'object' ? tokens.length : 0;
	const shape = kind === 'model' ? readShape(metadata) : { ...noShape, architecture: readArchitecture(metadata) };
	const tensorBytes = Math.max(0, fileBytes - Math.max(beginningBytes, vocabularySize * headerBytesPerToken));
	const fileType = metadata.get('general.file_type');
	const template = metadata.get('tokenizer.chat_template');
	return {
		...shape,
		...namesOf(metadata),
		...estimateWeights(metadata, shape, vocabularySize, tensorBytes),
		kind,
		split: readSplit(metadata),
		adapter: null,
		vocabularySize,
		chatTemplate: typeof template === 'string' ? template : null,
		fileBytes,
		tensorBytes,
		quantization: (typeof fileType === 'number' ? fileTypeNames.get(fileType) : undefined) ?? '',
	};
}

/**
 * Shares the bytes out between the blocks, all alike, and the embedding, by how many weights each has:
 *
 *     block   = width × (heads × keyLength + kvHeads × (keyLength + valueLength)) + heads × valueLength × width
 *               + 3 × width × (feedForward + experts × expertFeedForward)
 *     outside = width × vocabulary
 *
 * as if every weight took as many bytes and the output shared the embedding's matrix. Where it has its own, the blocks
 * come out somewhat too large, and their sum with the output is right all the same.
 */
function estimateWeights(metadata: Metadata, shape: ModelShape, vocabularySize: number, tensorBytes: number) {
	const given = (name: string) => {
		const value = metadata.get(`${shape.architecture}.${name}`);
		return typeof value === 'number' && value > 0 ? value : 0;
	};
	const { embeddingLength: width, headCount, headCountKv, keyLength, valueLength, blockCount } = shape;
	const attention = width * (headCount * (keyLength + valueLength) + headCountKv * (keyLength + valueLength));
	const experts = given('expert_count') * (given('expert_feed_forward_length') || shape.feedForwardLength);
	const block = attention + 3 * width * (experts || shape.feedForwardLength);
	const outside = width * vocabularySize;
	const parameters = block * blockCount + outside;
	const outputBytes = parameters === 0 ? 0 : Math.round((tensorBytes * outside) / parameters);
	const layerBytes = new Array<number>(blockCount).fill(blockCount === 0 ? 0 : Math.floor((tensorBytes - outputBytes) / blockCount));
	return { parameters, outputBytes, layerBytes };
}

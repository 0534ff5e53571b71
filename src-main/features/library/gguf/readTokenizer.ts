import { Refusal } from './HeaderCursor.ts';
import { type Metadata, type MetadataArray, tokenListKey, tokenTypesKey } from './readMetadata.ts';

/** What a file says of its tokenizer. */
export interface TokenizerFacts {
	vocabularySize: number;
	/** The Jinja template that turns a conversation into a prompt. */
	chatTemplate: string | null;
}

const byteType = 6;
const byteToken = /^<0x[0-9A-F]{2}>$/i;
/** llama.cpp stops the whole process where these meet a token that stands for a byte. */
const tokenizersWithoutBytes = new Set(['bert', 'rwkv']);

/** Reads what a file's metadata says of its tokenizer, and checks it for what would make llama.cpp stop the whole process. */
export function readTokenizer(metadata: Metadata): TokenizerFacts {
	const model = metadata.get('tokenizer.ggml.model');
	if (typeof model !== 'string' || model === 'none' || model === 'no_vocab') throw new Refusal('noModel', 'It has no tokenizer.');
	const tokens = listOf(metadata, tokenListKey, 'string')?.strings ?? [];
	if (tokens.length === 0) throw new Refusal('impossible', 'Its vocabulary is empty.');
	for (const [key, of] of [
		['tokenizer.ggml.scores', undefined],
		[tokenTypesKey, 'int32'],
	] as const) {
		const list = listOf(metadata, key, of);
		if (list && list.length < tokens.length)
			throw new Refusal('impossible', `The metadata entry “${key}” has ${list.length} values for ${tokens.length} tokens.`);
	}
	const known = checkRepeated(tokens);
	checkBytes(model, tokens, known, listOf(metadata, tokenTypesKey, 'int32')?.numbers ?? []);
	const template = metadata.get('tokenizer.chat_template');
	return { vocabularySize: tokens.length, chatTemplate: typeof template === 'string' && template.trim() !== '' ? template : null };
}

function listOf(metadata: Metadata, key: string, of: MetadataArray['of'] | undefined): MetadataArray | null {
	const value = metadata.get(key);
	if (value === undefined) return null;
	if (typeof value !== 'object' || (of !== undefined && value.of !== of))
		throw new Refusal('impossible', `The metadata entry “${key}” is not a list of the right kind.`);
	return value;
}

function checkRepeated(tokens: readonly string[]): Set<string> {
	const known = new Set<string>();
	for (const [id, text] of tokens.entries()) {
		// llama.cpp names an empty token after its place.
		const token = text || `[EMPTY_${id}]`;
		if (known.has(token)) throw new Refusal('impossible', `The token “${readable(token)}” is in its vocabulary twice.`);
		known.add(token);
	}
	return known;
}

/** Tokens that stand for bytes must say which; and text that no token covers is put in by its bytes, so SentencePiece needs all 256. */
function checkBytes(model: string, tokens: readonly string[], known: ReadonlySet<string>, types: readonly number[]): void {
	for (const [id, token] of tokens.entries()) {
		if (types[id] !== byteType) continue;
		if (tokenizersWithoutBytes.has(model))
			throw new Refusal('impossible', `Its vocabulary has tokens for bytes, which its tokenizer “${model}” does not know.`);
		if (!byteToken.test(token)) throw new Refusal('impossible', `The token “${readable(token)}” is said to stand for a byte and does not say which.`);
	}
	if (model !== 'llama') return;
	for (let byte = 0; byte < 256; byte++) {
		const hex = byte.toString(16).toUpperCase().padStart(2, '0');
		if (!known.has(`<0x${hex}>`) && !known.has(String.fromCharCode(byte)))
			throw new Refusal('impossible', `Its vocabulary lacks the byte ${hex}, so it cannot take in every text.`);
	}
}

function readable(token: string): string {
	return Buffer.from(token, 'latin1').toString('utf8').slice(0, 40);
}

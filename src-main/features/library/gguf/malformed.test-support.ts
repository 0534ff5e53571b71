import { encodeHeader, tensorBytes } from './encodeHeader.ts';
import type { GgufValue } from './ggufValue.ts';

/** The parts of a GGUF file, to be spoiled one at a time. */
export interface Draft {
	metadata: Record<string, GgufValue>;
	/** Type by its number; `offset` is set when the file is laid out, unless it is given. */
	tensors: { name: string; dims: number[]; typeId: number; offset?: number }[];
}

const width = 32;
const feedForward = 64;
const tokens = [
	'<unk>',
	'<s>',
	'</s>',
	'▁',
	'a',
	'b',
	'c',
	'd',
	...Array.from({ length: 256 }, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`),
];

/** A whole model of one block that llama.cpp loads and runs. */
export function tinyDraft(): Draft {
	const count = (value: number): GgufValue => ({ type: 'uint32', value });
	const matrix = (name: string, columns: number, rows: number) => ({ name, dims: [columns, rows], typeId: 0 });
	const vector = (name: string) => ({ name, dims: [width], typeId: 0 });
	return {
		metadata: {
			'general.architecture': { type: 'string', value: 'llama' },
			'general.name': { type: 'string', value: 'Tiny' },
			'llama.block_count': count(1),
			'llama.context_length': count(512),
			'llama.embedding_length': count(width),
			'llama.feed_forward_length': count(feedForward),
			'llama.attention.head_count': count(2),
			'llama.attention.head_count_kv': count(1),
			'llama.attention.layer_norm_rms_epsilon': { type: 'float32', value: 1e-5 },
			'tokenizer.ggml.model': { type: 'string', value: 'llama' },
			'tokenizer.ggml.tokens': { type: 'array', of: 'string', values: tokens },
			'tokenizer.ggml.scores': { type: 'array', of: 'float32', values: tokens.map((_, id) => -id) },
			'tokenizer.ggml.token_type': { type: 'array', of: 'int32', values: tokens.map((_, id) => (id === 0 ? 2 : id < 3 ? 3 : id < 8 ? 1 : 6)) },
		},
		tensors: [
			matrix('token_embd.weight', width, tokens.length),
			vector('output_norm.weight'),
			vector('blk.0.attn_norm.weight'),
			matrix('blk.0.attn_q.weight', width, width),
			matrix('blk.0.attn_k.weight', width, width / 2),
			matrix('blk.0.attn_v.weight', width, width / 2),
			matrix('blk.0.attn_output.weight', width, width),
			vector('blk.0.ffn_norm.weight'),
			matrix('blk.0.ffn_gate.weight', width, feedForward),
			matrix('blk.0.ffn_up.weight', width, feedForward),
			matrix('blk.0.ffn_down.weight', feedForward, width),
		],
	};
}

/** A whole LoRA adapter for `tinyDraft`, of rank 4. */
export function adapterDraft(): Draft {
	return {
		metadata: {
			'general.type': { type: 'string', value: 'adapter' },
			'general.architecture': { type: 'string', value: 'llama' },
			'general.name': { type: 'string', value: 'Tiny manners' },
			'general.base_model.0.name': { type: 'string', value: 'Tiny' },
			'adapter.type': { type: 'string', value: 'lora' },
			'adapter.lora.alpha': { type: 'float32', value: 8 },
		},
		tensors: [
			{ name: 'blk.0.attn_q.weight.lora_a', dims: [width, 4], typeId: 0 },
			{ name: 'blk.0.attn_q.weight.lora_b', dims: [4, width], typeId: 0 },
			{ name: 'blk.0.ffn_up.weight.lora_a', dims: [width, 4], typeId: 0 },
			{ name: 'blk.0.ffn_up.weight.lora_b', dims: [4, feedForward], typeId: 0 },
		],
	};
}

/** The picture part of a model, as far as this reader looks into it. */
export function projectorDraft(): Draft {
	return {
		metadata: {
			'general.type': { type: 'string', value: 'mmproj' },
			'general.architecture': { type: 'string', value: 'clip' },
			'general.file_type': { type: 'uint32', value: 1 },
			'clip.has_vision_encoder': { type: 'bool', value: true },
			'clip.vision.image_size': { type: 'uint32', value: 224 },
		},
		tensors: [
			{ name: 'v.patch_embd.weight', dims: [14, 14, 3, 32], typeId: 1 },
			{ name: 'v.class_embd', dims: [32], typeId: 1 },
		],
	};
}

/** The parts of a split `tinyDraft`: the first has the metadata, and each its share of the tensors. */
export function splitDrafts(parts: number): Draft[] {
	const { metadata, tensors } = tinyDraft();
	const each = Math.ceil(tensors.length / parts);
	return Array.from({ length: parts }, (_, part) => ({
		metadata: {
			...(part === 0 ? metadata : {}),
			'split.no': { type: 'uint16', value: part },
			'split.count': { type: 'uint16', value: parts },
			'split.tensors.count': { type: 'int32', value: tensors.length },
		},
		tensors: tensors.slice(part * each, (part + 1) * each),
	}));
}

/** Lays a draft out as a file whose weights are all the same small bytes. What it says may be wrong; what it weighs is bounded. */
export function encodeDraft({ metadata, tensors }: Draft): Buffer {
	let end = 0;
	const entries = tensors.map(({ name, dims, typeId, offset }) => {
		const entry = { name, dims, typeId, offset: offset ?? end };
		end += Math.ceil(measurable({ dims, typeId }) / 32) * 32;
		return entry;
	});
	return Buffer.concat([encodeHeader(metadata, entries, 32), Buffer.alloc(Math.min(end, 2 ** 22), 0x3c)]);
}

function measurable({ dims, typeId }: { dims: number[]; typeId: number }): number {
	try {
		return Math.min(tensorBytes(typeId, dims), 2 ** 22);
	} catch {
		return 0;
	}
}

/** A file that is not a usable model, what is wrong with it, and what the sentence that refuses it must say. */
export interface Malformed {
	kind: string;
	bytes: Buffer;
	says: RegExp;
}

/** Hand-made files, each with one thing wrong that a reader may stumble over. */
export function malformedFiles(): Malformed[] {
	const valid = encodeDraft(tinyDraft());
	const bytes = (kind: string, says: RegExp, content: Buffer): Malformed => ({ kind, says, bytes: content });
	const patched = (kind: string, says: RegExp, patch: (file: Buffer) => void): Malformed => {
		const file = Buffer.from(valid);
		patch(file);
		return { kind, says, bytes: file };
	};
	const spoilt =
		(of: () => Draft) =>
		(kind: string, says: RegExp, spoil: (draft: Draft) => void): Malformed => {
			const draft = of();
			spoil(draft);
			return { kind, says, bytes: encodeDraft(draft) };
		};
	const drafted = spoilt(tinyDraft);
	const adapter = spoilt(adapterDraft);
	const projector = spoilt(projectorDraft);
	const lastPart = spoilt(() => splitDrafts(2).at(-1) ?? tinyDraft());
	const set = (kind: string, key: string, value: GgufValue | undefined, says: RegExp) =>
		drafted(kind, says, ({ metadata }) => {
			if (value) metadata[key] = value;
			else delete metadata[key];
		});
	const count = (value: number): GgufValue => ({ type: 'uint32', value });
	const text = (value: string): GgufValue => ({ type: 'string', value });
	/** Where the value of a metadata entry begins, after its type. */
	const at = (key: string) => valid.indexOf(key) + key.length + 4;
	/** Where the number of dimensions of a tensor is. */
	const tensorAt = (name: string) => valid.indexOf(name) + name.length;
	const twice = encodeDraft({ ...tinyDraft(), metadata: { ...tinyDraft().metadata, 'generic.name': text('Tiny') } });
	twice.write('general.name', twice.indexOf('generic.name'));
	const firstTensor = tensorAt('token_embd.weight');

	return [
		bytes('an empty file', /is empty/, Buffer.alloc(0)),
		bytes('3 bytes', /only 3 bytes/, Buffer.from('GGU')),
		bytes('the magic alone', /only 4 bytes/, Buffer.from('GGUF')),
		bytes('a text renamed', /does not begin with the letters GGUF/, Buffer.from('Dear class, this is a text file that somebody renamed.\n')),
		bytes('a file of zeros', /does not begin with the letters GGUF/, Buffer.alloc(4096)),
		bytes('a ZIP archive', /does not begin with the letters GGUF/, Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(200)])),
		patched('letters in lower case', /does not begin with the letters GGUF/, (file) => file.write('gguf', 0)),
		patched('version 99', /GGUF version 99/, (file) => file.writeUInt32LE(99, 4)),
		patched('version 1', /GGUF version 1;/, (file) => file.writeUInt32LE(1, 4)),
		patched('version 0', /GGUF version 0/, (file) => file.writeUInt32LE(0, 4)),
		patched('a big-endian file', /big-endian/, (file) => file.writeUInt32BE(3, 4)),
		patched('2^64-1 tensors', /number of tensors is 18446744073709551615/, (file) => file.writeBigUInt64LE(2n ** 64n - 1n, 8)),
		patched('a million tensors', /claims 1000000 tensors/, (file) => file.writeBigUInt64LE(1_000_000n, 8)),
		patched('no tensors', /holds no tensors/, (file) => file.writeBigUInt64LE(0n, 8)),
		patched('a tensor more than there is', /name|length|reach beyond/, (file) => file.writeBigUInt64LE(12n, 8)),
		patched('2^63 metadata entries', /number of metadata entries is/, (file) => file.writeBigUInt64LE(2n ** 63n, 16)),
		patched('a million metadata entries', /claims 1000000 metadata entries/, (file) => file.writeBigUInt64LE(1_000_000n, 16)),
		patched('no metadata', /which architecture/, (file) => file.writeBigUInt64LE(0n, 16)),
		patched('a key of 2^40 bytes', /length of the name of metadata entry 1/, (file) => file.writeBigUInt64LE(2n ** 40n, 24)),
		patched('a key of no bytes', /has no name/, (file) => file.writeBigUInt64LE(0n, 24)),
		patched('a string of 2^62 bytes', /length of the metadata entry “general.name” is/, (file) => file.writeBigUInt64LE(2n ** 62n, at('general.name'))),
		patched('a string of 2^32 bytes', /“general.name” is given as 4294967296 bytes/, (file) => file.writeBigUInt64LE(2n ** 32n, at('general.name'))),
		patched('a string that runs past the end', /“general.name” would reach beyond its end/, (file) => file.writeBigUInt64LE(2n ** 21n, at('general.name'))),
		patched('a value of type 77', /type 77, which does not exist/, (file) => file.writeUInt32LE(77, at('llama.block_count') - 4)),
		patched('a list of 2^60 tokens', /number of values in .*tokens” is/, (file) => file.writeBigUInt64LE(2n ** 60n, at('tokenizer.ggml.tokens') + 4)),
		patched('a list of 2^31 tokens', /claims 2147483648 tokens/, (file) => file.writeBigUInt64LE(2n ** 31n, at('tokenizer.ggml.tokens') + 4)),
		patched('a list of -1 numbers', /number of values in .*scores” is 18446744073709551615/, (file) =>
			file.writeBigInt64LE(-1n, at('tokenizer.ggml.scores') + 4),
		),
		patched('a list of 2^40 numbers', /scores” would reach beyond its end/, (file) => file.writeBigUInt64LE(2n ** 40n, at('tokenizer.ggml.scores') + 4)),
		patched('a list of lists', /list of lists/, (file) => file.writeUInt32LE(9, at('tokenizer.ggml.scores'))),
		patched('a list of an unknown type', /type 200, which does not exist/, (file) => file.writeUInt32LE(200, at('tokenizer.ggml.scores'))),
		bytes('a key twice', /“general.name” is there twice/, twice),
		patched('5 dimensions', /claims 5 dimensions/, (file) => file.writeUInt32LE(5, firstTensor)),
		patched('2^32-1 dimensions', /claims 4294967295 dimensions/, (file) => file.writeUInt32LE(2 ** 32 - 1, firstTensor)),
		patched('a tensor of 2^62 rows', /size of tensor “token_embd.weight” is/, (file) => file.writeBigUInt64LE(2n ** 62n, firstTensor + 12)),
		patched('a tensor of 2^50 rows', /impossibly large/, (file) => file.writeBigUInt64LE(2n ** 50n, firstTensor + 12)),
		patched('a tensor of 2^30 rows', /“token_embd.weight” would reach beyond its end/, (file) => file.writeBigUInt64LE(2n ** 30n, firstTensor + 12)),
		patched('a tensor of no rows', /“token_embd.weight” is empty/, (file) => file.writeBigUInt64LE(0n, firstTensor + 12)),
		patched('an unknown tensor type', /type 999, which this version does not know/, (file) => file.writeUInt32LE(999, firstTensor + 20)),
		patched('a withdrawn tensor type', /type 4, which this version does not know/, (file) => file.writeUInt32LE(4, firstTensor + 20)),
		patched('an offset past the end', /“output_norm.weight” would reach beyond its end/, (file) =>
			file.writeBigUInt64LE(2n ** 40n, tensorAt('output_norm.weight') + 16),
		),
		patched('an offset of 2^64-32', /place of tensor “output_norm.weight” is/, (file) =>
			file.writeBigUInt64LE(2n ** 64n - 32n, tensorAt('output_norm.weight') + 16),
		),
		patched('an offset between the multiples', /“output_norm.weight” does not begin at a multiple of 32/, (file) =>
			file.writeBigUInt64LE(33n, tensorAt('output_norm.weight') + 16),
		),
		patched('overlapping tensors', /“output_norm.weight” overlaps/, (file) => file.writeBigUInt64LE(0n, tensorAt('output_norm.weight') + 16)),
		drafted('a row that is no whole block', /rows of tensor “blk.0.attn_q.weight” have 32 values, not a whole number of Q4_K blocks/, ({ tensors }) => {
			tensors[3] = { name: 'blk.0.attn_q.weight', dims: [32, 32], typeId: 12 };
		}),
		drafted('a norm that is quantized', /“output_norm.weight” is of type Q4_0/, ({ tensors }) => {
			tensors[1] = { name: 'output_norm.weight', dims: [32], typeId: 2 };
		}),
		drafted('weights that are whole numbers', /“blk.0.attn_q.weight” is of type I32/, ({ tensors }) => {
			tensors[3] = { name: 'blk.0.attn_q.weight', dims: [32, 32], typeId: 26 };
		}),
		drafted('a tensor twice', /“output_norm.weight” is there twice/, ({ tensors }) => {
			tensors[2] = { name: 'output_norm.weight', dims: [32], typeId: 0 };
		}),
		drafted('a tensor without a name', /Tensor 2 has no name/, ({ tensors }) => {
			tensors[1] = { name: '', dims: [32], typeId: 0 };
		}),
		drafted('a tensor name of 64 bytes', /length of the name of tensor 2/, ({ tensors }) => {
			tensors[1] = { name: 'x'.repeat(64), dims: [32], typeId: 0 };
		}),
		drafted('no embedding', /no token embedding/, ({ tensors }) => void tensors.shift()),
		drafted('an embedding of another width', /is 64 wide where its metadata says 32/, ({ tensors }) => {
			tensors[0] = { name: 'token_embd.weight', dims: [64, tokens.length], typeId: 0 };
		}),
		drafted('an embedding with a row too few', /has 263 rows for 264 tokens/, ({ tensors }) => {
			tensors[0] = { name: 'token_embd.weight', dims: [32, tokens.length - 1], typeId: 0 };
		}),
		set('alignment 0', 'general.alignment', count(0), /alignment is 0/),
		set('alignment 3', 'general.alignment', count(3), /alignment is 3/),
		set('alignment 2^31', 'general.alignment', count(2 ** 31), /alignment is 2147483648/),
		set('an alignment in words', 'general.alignment', text('32'), /alignment is 32/),
		set('no architecture', 'general.architecture', undefined, /which architecture/),
		set('an architecture that is a number', 'general.architecture', count(7), /which architecture/),
		set('an architecture that is a path', 'general.architecture', text('../../etc'), /which architecture/),
		set('an importance matrix', 'general.type', text('imatrix'), /importance matrix/),
		set('a type that is a number', 'general.type', count(1), /general.type” is of type uint32/),
		set('a part that does not say which', 'split.count', { type: 'uint16', value: 3 }, /does not say which/),
		set('a number of parts that llama.cpp reads wrongly', 'split.count', count(3), /split.count” is of type uint32; it must be uint16/),
		lastPart('a part number that llama.cpp reads wrongly', /split.no” is of type uint32; it must be uint16/, ({ metadata }) => {
			metadata['split.no'] = count(1);
		}),
		lastPart('a part beyond the last', /part 3 of 2/, ({ metadata }) => {
			metadata['split.no'] = { type: 'uint16', value: 2 };
		}),
		lastPart('one of 60,000 parts', /one of 60000 parts/, ({ metadata }) => {
			metadata['split.count'] = { type: 'uint16', value: 60_000 };
		}),
		lastPart('a later part without tensors', /holds no tensors/, (draft) => {
			draft.tensors = [];
		}),
		adapter('an adapter that is no LoRA', /adapter of the type “control”/, ({ metadata }) => {
			metadata['adapter.type'] = text('control');
		}),
		adapter('an adapter without architecture', /which architecture/, ({ metadata }) => void delete metadata['general.architecture']),
		adapter('an alpha that llama.cpp reads wrongly', /alpha” is of type uint32; it must be float32/, ({ metadata }) => {
			metadata['adapter.lora.alpha'] = count(8);
		}),
		adapter('an alpha that is no number', /alpha is not a number/, ({ metadata }) => {
			metadata['adapter.lora.alpha'] = { type: 'float32', value: Number.NaN };
		}),
		adapter('half a pair', /“blk.0.ffn_up.weight.lora_a” has no counterpart/, ({ tensors }) => void tensors.pop()),
		adapter('a pair of two ranks', /do not fit each other: 32 × 8 and 4 × 32/, ({ tensors }) => {
			tensors[0] = { name: 'blk.0.attn_q.weight.lora_a', dims: [width, 8], typeId: 0 };
		}),
		adapter('a pair with a third dimension', /do not fit each other/, ({ tensors }) => {
			tensors[0] = { name: 'blk.0.attn_q.weight.lora_a', dims: [width, 4, 3], typeId: 0 };
			tensors[1] = { name: 'blk.0.attn_q.weight.lora_b', dims: [4, width, 3], typeId: 0 };
		}),
		adapter('an embedding pair the wrong way around', /do not fit each other/, ({ tensors }) => {
			tensors[0] = { name: 'token_embd.weight.lora_a', dims: [width, 4], typeId: 0 };
			tensors[1] = { name: 'token_embd.weight.lora_b', dims: [4, 264], typeId: 0 };
		}),
		adapter('an adapter of whole numbers', /“blk.0.attn_q.weight.lora_a” is of type I32/, ({ tensors }) => {
			tensors[0] = { name: 'blk.0.attn_q.weight.lora_a', dims: [width, 4], typeId: 26 };
		}),
		adapter('an adapter with a tensor of another kind', /“blk.0.attn_q.weight” is none that a LoRA adapter has/, ({ tensors }) => {
			tensors[0] = { name: 'blk.0.attn_q.weight', dims: [width, width], typeId: 0 };
		}),
		adapter('an adapter of norms alone', /changes nothing/, (draft) => {
			draft.tensors = [{ name: 'blk.0.attn_norm.weight', dims: [width], typeId: 0 }];
		}),
		adapter('an adapter without tensors', /holds no tensors/, (draft) => {
			draft.tensors = [];
		}),
		projector('a picture part without tensors', /holds no tensors/, (draft) => {
			draft.tensors = [];
		}),
		projector('a picture part of an unknown tensor type', /type 999/, ({ tensors }) => {
			tensors[1] = { name: 'v.class_embd', dims: [32], typeId: 999 };
		}),
		projector('a picture part that is cut off', /“v.class_embd” would reach beyond its end/, ({ tensors }) => {
			tensors[1] = { name: 'v.class_embd', dims: [2 ** 30], typeId: 1 };
		}),
		set('no blocks', 'llama.block_count', count(0), /block_count is 0/),
		set('a billion blocks', 'llama.block_count', count(1e9), /block_count is 1000000000/),
		set('513 blocks', 'llama.block_count', count(513), /block_count is 513/),
		set('a block count in words', 'llama.block_count', text('1'), /block_count is text/),
		set('no block count', 'llama.block_count', undefined, /block_count is missing/),
		set('no context', 'llama.context_length', count(0), /context_length is 0/),
		set('an embedding of no width', 'llama.embedding_length', count(0), /embedding_length is 0/),
		set('no heads', 'llama.attention.head_count', count(0), /head_count is 0/),
		set('heads that do not divide the width', 'llama.attention.head_count', count(3), /32 cannot be divided among 3 heads/),
		set('no key-value heads', 'llama.attention.head_count_kv', count(0), /head_count_kv is 0/),
		set('key-value heads that do not divide the heads', 'llama.attention.head_count_kv', count(5), /2 heads, which 5 key-value heads/),
		set('heads for two blocks of one', 'llama.attention.head_count', { type: 'array', of: 'uint32', values: [2, 2] }, /list of 2 values for 1 blocks/),
		set('heads without length', 'llama.attention.key_length', count(0), /length of 0/),
		set('more experts used than there are', 'llama.expert_used_count', count(2), /uses 2 of 0 experts/),
		set('experts that nobody uses', 'llama.expert_count', count(8), /8 experts and uses none/),
		set('a thousand million experts', 'llama.expert_count', count(1e9), /expert_count is 1000000000/),
		set('groups of no experts', 'llama.expert_group_count', count(2), /2 groups of 0 experts/),
		set('an unknown rope scaling', 'llama.rope.scaling.type', text('su'), /unknown type “su”/),
		set('more look-ahead layers than blocks', 'llama.nextn_predict_layers', count(9), /nextn_predict_layers is 9/),
		set('no tokenizer', 'tokenizer.ggml.model', undefined, /no tokenizer/),
		set('a tokenizer that is none', 'tokenizer.ggml.model', text('none'), /no tokenizer/),
		set('no feed-forward length', 'llama.feed_forward_length', undefined, /feed_forward_length is missing or 0/),
		set('bytes in a tokenizer without', 'tokenizer.ggml.model', text('bert'), /“bert” does not know/),
		drafted('a byte that no token stands for', /lacks the byte 41/, ({ metadata }) => {
			metadata['tokenizer.ggml.tokens'] = { type: 'array', of: 'string', values: tokens.map((token) => (token === '<0x41>' ? 'other' : token)) };
			metadata['tokenizer.ggml.token_type'] = { type: 'array', of: 'int32', values: tokens.map(() => 1) };
		}),
		drafted('a token for a byte that does not say which', /“a” is said to stand for a byte/, ({ metadata }) => {
			metadata['tokenizer.ggml.token_type'] = { type: 'array', of: 'int32', values: tokens.map((token) => (token === 'a' ? 6 : 1)) };
		}),
		set('no tokens', 'tokenizer.ggml.tokens', { type: 'array', of: 'string', values: [] }, /vocabulary is empty/),
		set('tokens that are numbers', 'tokenizer.ggml.tokens', { type: 'array', of: 'uint32', values: [1, 2] }, /not a list of the right kind/),
		set('too few scores', 'tokenizer.ggml.scores', { type: 'array', of: 'float32', values: [1] }, /scores” has 1 values for 264 tokens/),
		set('too few token types', 'tokenizer.ggml.token_type', { type: 'array', of: 'int32', values: [1] }, /token_type” has 1 values for 264 tokens/),
		drafted('a token twice', /token “a” is in its vocabulary twice/, ({ metadata }) => {
			metadata['tokenizer.ggml.tokens'] = { type: 'array', of: 'string', values: tokens.map((token) => (token === 'b' ? 'a' : token)) };
		}),
	];
}

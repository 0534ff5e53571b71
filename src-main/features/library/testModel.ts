import type { GgufValue } from './gguf/ggufValue.ts';
import { type TensorSource, writeGguf } from './gguf/writeGguf.ts';
import { type SeededRandom, seededRandom } from './seededRandom.ts';
import { type Token, type TokenKind, testVocabulary, tokenizerMetadata } from './testVocabulary.ts';

const width = 128;
const heads = 4;
const headWidth = width / heads;
const blocks = 3;
const feedForward = 352;
const contextTokens = 16_384;

/** How likely each kind of token is in an answer, as what is added to its logit; the random part has a deviation of about 1. */
const logitOf: Record<TokenKind, number> = { word: 0, han: 0, mark: -6, digit: -3, letter: -9, prefix: -9, end: 2.3, byte: -20, control: -30 };
const logitOfMark: Partial<Record<string, number>> = { '"': 2.2, '.': 0, ',': 0, '。': 1, '，': 1, ']': -1.5 };

/**
 * Four of the 128 dimensions are not random. The first is always `constantValue`, so that the output layer can add a
 * fixed number to each logit. The second tells Chinese tokens (1) from all others (0); the first attention head looks for
 * it in the text so far and puts what it finds into the third, so that a question in Chinese is answered in Chinese. The
 * fourth marks tokens after which an answer or a string has just begun and does not end yet.
 */
const dimension = { constant: 0, chinese: 1, found: 2, opening: 3 };
const meantDimensions = 4;
const constantValue = 12;
/** What a layer sees of a constant dimension, after normalisation: the constant weighs as much as the others of deviation 1. */
const normalised = 1 / Math.sqrt((constantValue ** 2 + width) / width);
/** One Chinese token weighs as much as this many others when the first head looks for them (as a power of e). */
const chineseAttention = 5;
/** What makes a word of the other language unlikely. */
const wrongLanguageLogit = 7;
/** What makes an end right after a beginning unlikely. */
const tooEarlyLogit = 10;
const openings = new Set(['\n', '"', '{', '[', ':', '▁']);

function isChinese({ text, kind }: Token): boolean {
	return kind === 'han' || /^[，。！？；：、“”‘’（）《》…—·]$/.test(text);
}

/** What can be chosen about a test model. */
export interface TestModelOptions {
	/** The weights follow from it; 1 when left out. */
	seed?: number;
	/** Answers never end by themselves, only at their limit, a stop string or the end of a grammar. */
	endless?: boolean;
	/** In place of its ChatML template. */
	chatTemplate?: string;
}

/**
 * Writes the small model that checks the wiring: a whole llama-architecture GGUF of about 2 MB with a tokenizer that
 * covers any text, a ChatML template and weights made from the seed alone.
 *
 * What it says is a string of common English words (Chinese where the question was) that ends after a while, some 30
 * tokens on average; it means nothing. With a grammar it keeps to the grammar and fills strings with such words.
 */
export async function writeTestModel(file: string, options: TestModelOptions = {}): Promise<void> {
	await writeGguf(file, testModelContent(options));
}

/** What `writeTestModel` writes. The tensors are to be asked for in their order, once. */
export function testModelContent(options: TestModelOptions = {}): { metadata: Record<string, GgufValue>; tensors: TensorSource[] } {
	const random = seededRandom(options.seed ?? 1);
	const tokens = testVocabulary();
	const logits = options.endless ? { ...logitOf, end: logitOf.control } : logitOf;
	return {
		metadata: {
			...modelMetadata(),
			...tokenizerMetadata(tokens),
			...(options.chatTemplate === undefined ? {} : { 'tokenizer.chat_template': { type: 'string', value: options.chatTemplate } }),
		},
		tensors: [...vocabularyTensors(tokens, logits, random), ...blockTensors(random)],
	};
}

function modelMetadata(): Record<string, GgufValue> {
	const count = (value: number): GgufValue => ({ type: 'uint32', value });
	return {
		'general.architecture': { type: 'string', value: 'llama' },
		'general.name': { type: 'string', value: 'Homeroom test model' },
		'general.file_type': count(7),
		'llama.block_count': count(blocks),
		'llama.context_length': count(contextTokens),
		'llama.embedding_length': count(width),
		'llama.feed_forward_length': count(feedForward),
		'llama.attention.head_count': count(heads),
		'llama.attention.head_count_kv': count(heads),
		'llama.rope.dimension_count': count(headWidth),
		// So slow a turn that the last pair of a head stays where it is over the whole context.
		'llama.rope.freq_base': { type: 'float32', value: 1e8 },
		'llama.attention.layer_norm_rms_epsilon': { type: 'float32', value: 1e-5 },
	};
}

function vocabularyTensors(tokens: readonly Token[], logits: Record<TokenKind, number>, random: SeededRandom): TensorSource[] {
	const embedding: TensorSource['content'] = {
		fillRow(row, id) {
			const token = tokens[id];
			for (let i = 0; i < width; i++) row[i] = random.normal();
			row[dimension.constant] = constantValue;
			row[dimension.chinese] = token && isChinese(token) ? 1 : 0;
			row[dimension.found] = 0;
			row[dimension.opening] = token && openings.has(token.text) ? 1 : 0;
		},
	};
	const output: TensorSource['content'] = {
		fillRow(row, id) {
			const token = tokens[id];
			if (!token) return;
			for (let i = 0; i < width; i++) row[i] = random.normal() * 0.13;
			const chinese = isChinese(token);
			const logit = (logitOfMark[token.text] ?? logits[token.kind]) - (chinese ? wrongLanguageLogit : 0);
			row[dimension.constant] = logit / (constantValue * normalised);
			row[dimension.chinese] = 0;
			row[dimension.found] = (chinese ? 1 : token.kind === 'word' ? -1 : 0) * (wrongLanguageLogit / normalised ** 2);
			row[dimension.opening] = token.kind === 'end' || token.text === '"' ? -tooEarlyLogit / normalised : 0;
		},
	};
	return [
		{ name: 'token_embd.weight', dims: [width, tokens.length], type: 'F16', content: embedding },
		{ name: 'output_norm.weight', dims: [width], type: 'F32', content: { fillRow: (row) => row.fill(1) } },
		{ name: 'output.weight', dims: [width, tokens.length], type: 'F16', content: output },
	];
}

function blockTensors(random: SeededRandom): TensorSource[] {
	const spread = 1 / Math.sqrt(width);
	return Array.from({ length: blocks }, (_, block) => {
		const matrix = (name: string, columns: number, rows: number, scale: number, adjust?: (row: Float32Array, index: number) => void): TensorSource => ({
			name: `blk.${block}.${name}.weight`,
			dims: [columns, rows],
			type: 'Q8_0',
			content: {
				fillRow(row, index) {
					for (let i = 0; i < columns; i++) row[i] = random.normal() * scale;
					adjust?.(row, index);
				},
			},
		});
		const norm = (name: string): TensorSource => ({
			name: `blk.${block}.${name}.weight`,
			dims: [width],
			type: 'F32',
			content: { fillRow: (row) => row.fill(1) },
		});
		const look = block === 0 ? lookForChinese : undefined;
		return [
			norm('attn_norm'),
			matrix('attn_q', width, width, spread * 2, look?.query ?? ignoreConstant),
			matrix('attn_k', width, width, spread * 2, look?.key ?? ignoreConstant),
			matrix('attn_v', width, width, spread, look?.value ?? ignoreConstant),
			matrix('attn_output', width, width, spread, look?.result ?? keepMeaning),
			norm('ffn_norm'),
			matrix('ffn_gate', width, feedForward, spread, ignoreConstant),
			matrix('ffn_up', width, feedForward, spread, ignoreConstant),
			matrix('ffn_down', feedForward, width, spread, keepMeaning),
		];
	}).flat();
}

function ignoreConstant(row: Float32Array): void {
	row[dimension.constant] = 0;
}

/** Keeps what a block adds out of the meant dimensions. */
function keepMeaning(row: Float32Array, index: number): void {
	if (index < meantDimensions) row.fill(0);
}

/** What the first head of the first block is made of: it asks with the constant, answers where a token is Chinese, and speaks in its last pair alone. */
const lookForChinese = {
	query: (row: Float32Array, index: number) => only(row, index, dimension.constant, (chineseAttention * Math.sqrt(headWidth)) / (constantValue * normalised)),
	key: (row: Float32Array, index: number) => only(row, index, dimension.chinese, 1 / normalised),
	value: (row: Float32Array, index: number) => only(row, index, dimension.chinese, 1),
	result(row: Float32Array, index: number): void {
		keepMeaning(row, index);
		row.fill(0, 0, headWidth);
		if (index === dimension.found) row[headWidth - 1] = 1;
	},
};

function only(row: Float32Array, index: number, column: number, value: number): void {
	ignoreConstant(row);
	if (index < headWidth) row.fill(0);
	if (index === headWidth - 1) row[column] = value;
}

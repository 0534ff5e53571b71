import { Refusal } from './HeaderCursor.ts';
import type { Metadata } from './readMetadata.ts';

/** The measures of a model that its metadata gives, checked for what would make llama.cpp stop the whole process. */
export interface ModelShape {
	architecture: string;
	blockCount: number;
	/** Longest context the model was trained for, in tokens. */
	contextTokens: number;
	embeddingLength: number;
	headCount: number;
	/** Heads of the key-value cache, the most that any block has. */
	headCountKv: number;
	/** The same for each block; 0 where a block keeps no cache that grows with the context. */
	headCountKvByBlock: number[];
	/** Values that one head keeps of a token as key, and as value. */
	keyLength: number;
	valueLength: number;
	feedForwardLength: number;
	/** Tokens that attention looks back over in the blocks that have a window; null where there is none. */
	slidingWindow: number | null;
}

const mostBlocks = 512;
const mostExperts = 1024;
const mostWidth = 2 ** 20;
const ropeScalings = ['none', 'linear', 'yarn', 'longrope'];
/** These have no attention, and say so with 0 heads. */
const recurrentArchitectures = new Set(['mamba', 'mamba2', 'rwkv6', 'rwkv7', 'arwkv7', 'rwkv6qwen2']);
/** These read an expert count of 1 as none. */
const architecturesWithOneExpert = new Set(['hunyuan-dense', 'hunyuan-vl']);

/** What stands for the measures where there are none: in the files that are used together with a model, and in all parts of a split one but the first. */
export const noShape: Omit<ModelShape, 'architecture'> = {
	blockCount: 0,
	contextTokens: 0,
	embeddingLength: 0,
	headCount: 0,
	headCountKv: 0,
	headCountKvByBlock: [],
	keyLength: 0,
	valueLength: 0,
	feedForwardLength: 0,
	slidingWindow: null,
};

/** Reads the measures of a language model out of a file's metadata. */
export function readShape(metadata: Metadata): ModelShape {
	const architecture = readArchitecture(metadata);
	const settings = settingsOf(metadata, architecture);
	const blockCount = settings.count('block_count', 1, mostBlocks);
	const embeddingLength = settings.count('embedding_length', 1, mostWidth);
	checkExperts(settings, architecture);
	settings.count('nextn_predict_layers', 0, blockCount, 0);
	const scaling = metadata.get(`${architecture}.rope.scaling.type`);
	if (typeof scaling === 'string' && !ropeScalings.includes(scaling)) throw new Refusal('unsupported', `Its rope scaling is of the unknown type “${scaling}”.`);
	return {
		architecture,
		blockCount,
		embeddingLength,
		contextTokens: settings.count('context_length', 1, 2 ** 31 - 1),
		feedForwardLength: readFeedForward(settings, architecture, blockCount),
		slidingWindow: settings.count('attention.sliding_window', 0, 2 ** 31 - 1, 0) || null,
		...readHeads(settings, { architecture, blockCount, embeddingLength }),
	};
}

/** The architecture that a file names. */
export function readArchitecture(metadata: Metadata): string {
	const architecture = metadata.get('general.architecture');
	if (typeof architecture === 'string' && /^[a-z0-9._-]{1,64}$/.test(architecture)) return architecture;
	throw new Refusal('noModel', 'It does not say which architecture the model has.');
}

interface Settings {
	/** A whole number of the architecture; `otherwise` where it is left out, refused if that is left out too. */
	count(name: string, least: number, most: number, otherwise?: number): number;
	/** The same, where a file may give one number for all blocks or one for each. */
	perBlock(name: string, blockCount: number, least: number, most: number, otherwise?: number): number[];
	has(name: string): boolean;
}

function settingsOf(metadata: Metadata, architecture: string): Settings {
	function check(name: string, value: unknown, least: number, most: number): number {
		if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
		throw new Refusal('impossible', `Its ${name} is ${nameKind(value)}; it must be a whole number from ${least} to ${most}.`);
	}
	const read = (name: string, otherwise?: number) => metadata.get(`${architecture}.${name}`) ?? otherwise;
	return {
		count: (name, least, most, otherwise) => check(name, read(name, otherwise), least, most),
		perBlock(name, blockCount, least, most, otherwise) {
			const value = read(name, otherwise);
			if (typeof value !== 'object') return new Array<number>(blockCount).fill(check(name, value, least, most));
			if (value.length !== blockCount || !value.numbers)
				throw new Refusal('impossible', `Its ${name} is a list of ${value.length} values for ${blockCount} blocks.`);
			return value.numbers.map((number) => check(name, number, least, most));
		},
		has: (name) => metadata.has(`${architecture}.${name}`),
	};
}

function nameKind(value: unknown): string {
	if (value === undefined) return 'missing';
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' ? 'text' : 'not a number';
}

function readHeads(settings: Settings, model: Pick<ModelShape, 'architecture' | 'blockCount' | 'embeddingLength'>) {
	const recurrent = recurrentArchitectures.has(model.architecture);
	const heads = settings.perBlock('attention.head_count', model.blockCount, 0, mostWidth, recurrent ? 0 : undefined);
	const headCount = Math.max(...heads);
	if (headCount === 0 && !recurrent) throw new Refusal('impossible', 'Its attention.head_count is 0: no block has an attention head.');
	const given = settings.has('attention.head_count_kv');
	const headCountKvByBlock = given ? settings.perBlock('attention.head_count_kv', model.blockCount, 0, mostWidth) : heads;
	for (const [block, count] of headCountKvByBlock.entries()) {
		const ofBlock = heads[block] ?? 0;
		if (count > 0 && ofBlock % count !== 0)
			throw new Refusal('impossible', `Block ${block + 1} has ${ofBlock} heads, which ${count} key-value heads do not divide.`);
	}
	const headCountKv = Math.max(...headCountKvByBlock);
	if (headCountKv === 0 && headCount > 0) throw new Refusal('impossible', 'Its attention.head_count_kv is 0: no block has a key-value head.');
	const headLength = headCount === 0 ? 0 : readHeadLength(settings, model.embeddingLength, headCount);
	const keyLength = settings.count('attention.key_length', 0, mostWidth, headLength);
	const valueLength = settings.count('attention.value_length', 0, mostWidth, headLength);
	if (headCount > 0 && (keyLength === 0 || valueLength === 0)) throw new Refusal('impossible', 'Its attention heads have a length of 0.');
	return { headCount, headCountKv, headCountKvByBlock, keyLength, valueLength };
}

/** Blocks without a feed-forward part say 0; where no block has one, llama.cpp stops the whole process but for these. */
function readFeedForward(settings: Settings, architecture: string, blockCount: number): number {
	const longest = Math.max(...settings.perBlock('feed_forward_length', blockCount, 0, 2 ** 24, 0));
	const experts = settings.count('expert_count', 0, mostExperts, 0);
	if (longest === 0 && experts === 0 && !recurrentArchitectures.has(architecture)) throw new Refusal('impossible', 'Its feed_forward_length is missing or 0.');
	return longest;
}

function readHeadLength(settings: Settings, embeddingLength: number, headCount: number): number {
	const given = settings.has('attention.key_length') && settings.has('attention.value_length');
	if (!given && embeddingLength % headCount !== 0)
		throw new Refusal('impossible', `Its embedding_length of ${embeddingLength} cannot be divided among ${headCount} heads.`);
	return Math.floor(embeddingLength / headCount);
}

/** The conditions under which llama.cpp stops the whole process, in the order of its `load_hparams`. */
function checkExperts(settings: Settings, architecture: string): void {
	const experts = settings.count('expert_count', 0, mostExperts, 0);
	if (experts <= 1 && architecturesWithOneExpert.has(architecture)) return;
	const used = settings.has('expert_used_count')
		? Math.max(...settings.perBlock('expert_used_count', settings.count('block_count', 1, mostBlocks), 0, mostExperts))
		: 0;
	if (used > experts) throw new Refusal('impossible', `It uses ${used} of ${experts} experts.`);
	if (experts > 0 && used === 0) throw new Refusal('impossible', `It has ${experts} experts and uses none.`);
	const groups = settings.count('expert_group_count', 0, mostExperts, 0);
	const groupsUsed = settings.count('expert_group_used_count', 0, mostExperts, 0);
	if (groups > 0 && groups >= experts) throw new Refusal('impossible', `It has ${groups} groups of ${experts} experts.`);
	if (groups > 1 && (experts % groups !== 0 || groupsUsed === 0 || groupsUsed >= groups))
		throw new Refusal('impossible', `It uses ${groupsUsed} of ${groups} groups of ${experts} experts.`);
}

import type { SeededRandom } from '../seededRandom.ts';
import type { GgufNumberType, GgufValue } from './ggufValue.ts';
import { adapterDraft, type Draft, encodeDraft, splitDrafts, tinyDraft } from './malformed.test-support.ts';

const edges = [
	0,
	1,
	2,
	3,
	5,
	7,
	8,
	15,
	16,
	31,
	32,
	33,
	63,
	64,
	127,
	255,
	256,
	257,
	512,
	513,
	1024,
	4096,
	65_535,
	65_536,
	2 ** 20,
	2 ** 31 - 1,
	2 ** 31,
	2 ** 32 - 1,
];
const numberTypes: GgufNumberType[] = ['uint8', 'int8', 'uint16', 'int16', 'uint32', 'int32', 'float32', 'uint64', 'int64', 'float64'];
const architectures =
	`llama qwen2 qwen3 qwen3moe qwen35 qwen2moe gemma gemma2 gemma3 gemma3n gemma4 phi2 phi3 phimoe gpt2 gptj gptneox bloom mpt falcon falcon-h1 starcoder
starcoder2 mamba mamba2 jamba rwkv6 rwkv7 deci deepseek deepseek2 chatglm glm4 glm4moe bert nomic-bert jina-bert-v2 t5 t5encoder olmo olmo2 olmoe
openelm arctic dbrx grok command-r cohere2 minicpm minicpm3 internlm2 orion plamo plamo2 stablelm xverse baichuan refact nemotron nemotron_h exaone
exaone4 granite granitemoe granitehybrid chameleon wavtokenizer-dec plm bailingmoe dots1 arcee ernie4_5 hunyuan-moe hunyuan-dense smollm3 gpt-oss lfm2
dream llada seed_oss apertus minimax-m2 llama4 bitnet codeshell nobody`.split(/\s/);
const settings = `block_count context_length embedding_length feed_forward_length attention.head_count attention.head_count_kv attention.key_length
attention.value_length attention.layer_norm_rms_epsilon attention.layer_norm_epsilon attention.sliding_window attention.causal attention.clamp_kqv
attention.max_alibi_bias attention.scale attention.group_norm_groups attention.group_norm_epsilon attention.q_lora_rank attention.kv_lora_rank
attention.sliding_window_pattern attention.shared_kv_layers attention.key_length_swa attention.value_length_swa expert_count expert_used_count
expert_group_count expert_group_used_count expert_feed_forward_length expert_shared_count expert_weights_scale expert_gating_func
leading_dense_block_count nextn_predict_layers rope.dimension_count rope.freq_base rope.scaling.type rope.scaling.factor
rope.scaling.original_context_length rope.scale_linear rope.dimension_sections rope.scaling.yarn_log_multiplier vocab_size pooling_type
embedding_length_out tensor_data_layout use_parallel_residual logit_scale residual_scale embedding_scale attn_logit_softcapping
final_logit_softcapping ssm.conv_kernel ssm.inner_size ssm.state_size ssm.time_step_rank ssm.group_count wkv.head_size swin_norm
classifier.output_labels decoder_start_token_id interleave_moe_layer_step token_shift_count full_attention_interval shortconv.l_cache
n_layer_kv_from_start decoder_block_count`.split(/\s/);
const tokenizerKeys =
	`bos_token_id eos_token_id eot_token_id unknown_token_id padding_token_id seperator_token_id mask_token_id add_bos_token add_eos_token add_space_prefix
remove_extra_whitespaces precompiled_charsmap merges token_type_count pre model fim_pre_token_id suppress_tokens added_tokens normalizer.lowercase
eog_token_ids prefix_token_id`.split(/\s/);
const tokenizers = ['llama', 'gpt2', 'bert', 't5', 'rwkv', 'plamo2', 'no_vocab', 'none', 'hybriddna', 'whitespace', 'nobody'];
const pretokenizers = ['default', 'llama-bpe', 'qwen2', 'gpt-2', 'deepseek-llm', 'falcon', 'starcoder', 'tekken', 'gemma4', 'kimi-k2', 'superbpe', 'nobody'];
const odds = ['', ' ', '\0', 'none', 'linear', 'yarn', 'longrope', 'su', '🙂', 'a'.repeat(70_000), '{{', '%s%n', 'llama'];

const adapterKeys = [
	...['general.type', 'general.architecture', 'general.alignment', 'general.name', 'general.base_model.0.name', 'adapter.type', 'adapter.lora.alpha'],
	...['adapter.alora.invocation_tokens', 'adapter.lora.task_name', 'adapter.lora.prompt_prefix', 'split.count', 'split.no', 'llama.block_count'],
];
const splitKeys = ['split.count', 'split.no', 'split.tensors.count', 'general.alignment', 'general.architecture', 'general.type', 'llama.block_count'];

/** What was done to a model, and the file that came of it. */
export interface Mutant {
	done: string[];
	bytes: Buffer;
}

/** Spoils one to three things of a small valid model, knowing how a GGUF file is made; now and then a few bytes, too. */
export function mutate(random: SeededRandom): Mutant {
	return spoil(tinyDraft(), operations, random);
}

/** Spoils one to three things of a small valid LoRA adapter in the same way. */
export function mutateAdapter(random: SeededRandom): Mutant {
	return spoil(adapterDraft(), adapterOperations, random);
}

/** Spoils one part of a small valid model in three parts in the same way, and tells which, from 0 on. */
export function mutatePart(random: SeededRandom): Mutant & { part: number } {
	const drafts = splitDrafts(3);
	const part = Math.floor(random.next() * drafts.length);
	const draft = drafts[part];
	if (!draft) throw new RangeError('there are three parts');
	return { part, ...spoil(draft, partOperations, random) };
}

function spoil(draft: Draft, operations: readonly Operation[], random: SeededRandom): Mutant {
	const done: string[] = [];
	const pick = <T>(list: readonly T[]): T => {
		const item = list[Math.floor(random.next() * list.length)];
		if (item === undefined) throw new RangeError('nothing to pick from');
		return item;
	};
	const steps = 1 + Math.floor(random.next() * 3);
	for (let i = 0; i < steps; i++) done.push(pick(operations)(draft, pick, random));
	const bytes = encodeDraft(draft);
	if (random.next() < 0.15) {
		const header = bytes.length - 70_000;
		for (let i = 0; i < 4; i++) {
			const at = Math.floor(random.next() * Math.max(24, header));
			bytes[at] = Math.floor(random.next() * 256);
			done.push(`byte ${at} = ${bytes[at]}`);
		}
	}
	if (random.next() > 0.05) return { done, bytes };
	const cut = Math.floor(random.next() * bytes.length);
	return { done: [...done, `cut at ${cut}`], bytes: bytes.subarray(0, cut) };
}

type Pick = <T>(list: readonly T[]) => T;
type Operation = (draft: Draft, pick: Pick, random: SeededRandom) => string;

const operations: Operation[] = [
	setSetting,
	setSetting,
	setSetting,
	setArchitecture,
	setTokenizer,
	setTokenizerKey,
	spoilTokens,
	spoilTensor,
	spoilTensor,
	retypeTensor,
	dropOrRename,
	removeKey,
	growBlocks,
];

const adapterOperations: Operation[] = [
	setAny(adapterKeys),
	setAny(adapterKeys),
	spoilTensor,
	spoilTensor,
	retypeTensor,
	dropOrRename,
	renameForAdapter,
	removeKey,
];
const partOperations: Operation[] = [setAny(splitKeys), setAny(splitKeys), spoilTensor, retypeTensor, dropOrRename, removeKey];

/** Gives one of the keys any value. */
function setAny(keys: readonly string[]): Operation {
	return ({ metadata }, pick, random) => {
		const key = pick(keys);
		metadata[key] = anyValue(pick, random);
		return `${key} = ${show(metadata[key])}`;
	};
}

function renameForAdapter({ tensors }: Draft, pick: Pick): string {
	const pair = pick(['attn_q', 'ffn_up']);
	const name = pick(['token_embd.weight', 'blk.0.ffn_gate_exps.weight', 'output.weight', 'blk.0.attn_norm.weight', 'blk.0.attn_v.weight', 'x', '']);
	for (const tensor of tensors) tensor.name = tensor.name.replace(`blk.0.${pair}.weight`, name);
	return `${pair} named ${name}`;
}

function anyValue(pick: Pick, random: SeededRandom): GgufValue {
	const kind = random.next();
	if (kind < 0.6) return numberValue(pick(numberTypes), pick(edges));
	if (kind < 0.7) return { type: 'bool', value: random.next() < 0.5 };
	if (kind < 0.8) return { type: 'string', value: pick(odds) };
	if (kind < 0.95) return { type: 'array', of: 'uint32', values: Array.from({ length: pick([0, 1, 2, 3, 4, 512, 513]) }, () => pick(edges)) };
	return { type: 'array', of: 'string', values: [pick(odds)] };
}

/** The value in a type, cut to what the type can hold. */
function numberValue(type: GgufNumberType, value: number): GgufValue {
	const bits = { uint8: 8, int8: 7, uint16: 16, int16: 15, uint32: 32, int32: 31, uint64: 53, int64: 53, float32: 53, float64: 53 }[type];
	return { type, value: Math.min(value, 2 ** bits - 1) };
}

function setSetting({ metadata }: Draft, pick: Pick, random: SeededRandom): string {
	const architecture = metadata['general.architecture'];
	const key = `${architecture?.type === 'string' ? architecture.value : 'llama'}.${pick(settings)}`;
	const old = metadata[key];
	metadata[key] =
		random.next() < 0.6 && old && old.type !== 'string'
			? numberValue('uint32', pick(edges))
			: random.next() < 0.5
				? numberValue('uint32', pick(edges))
				: anyValue(pick, random);
	return `${key} = ${show(metadata[key])}`;
}

function setArchitecture({ metadata }: Draft, pick: Pick): string {
	const architecture = pick(architectures);
	for (const [key, value] of Object.entries(metadata)) if (key.startsWith('llama.')) metadata[key.replace('llama', architecture)] = value;
	metadata['general.architecture'] = { type: 'string', value: architecture };
	metadata[`${architecture}.attention.layer_norm_epsilon`] = { type: 'float32', value: 1e-5 };
	return `architecture ${architecture}`;
}

function setTokenizer({ metadata }: Draft, pick: Pick): string {
	const model = pick(tokenizers);
	metadata['tokenizer.ggml.model'] = { type: 'string', value: model };
	metadata['tokenizer.ggml.merges'] = { type: 'array', of: 'string', values: ['a b', 'c d', '', 'x'] };
	metadata['tokenizer.ggml.pre'] = { type: 'string', value: pick(pretokenizers) };
	return `tokenizer ${model}`;
}

function setTokenizerKey({ metadata }: Draft, pick: Pick, random: SeededRandom): string {
	const key = `tokenizer.ggml.${pick(tokenizerKeys)}`;
	metadata[key] = key.endsWith('_id') && random.next() < 0.7 ? numberValue('uint32', pick(edges)) : anyValue(pick, random);
	return `${key} = ${show(metadata[key])}`;
}

function spoilTokens({ metadata }: Draft, pick: Pick, random: SeededRandom): string {
	const tokens = metadata['tokenizer.ggml.tokens'];
	const types = metadata['tokenizer.ggml.token_type'];
	const scores = metadata['tokenizer.ggml.scores'];
	if (random.next() < 0.3 && types?.type === 'array' && types.of === 'int32') {
		const type = pick([0, 1, 2, 3, 4, 5, 6, 7, 255]);
		metadata['tokenizer.ggml.token_type'] = { ...types, values: types.values.map((value) => (random.next() < 0.5 ? type : value)) };
		return `half of the tokens of type ${type}`;
	}
	if (random.next() < 0.3 && scores?.type === 'array' && scores.of === 'float32') {
		const score = pick([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e38, 0]);
		metadata['tokenizer.ggml.scores'] = { ...scores, values: scores.values.map(() => score) };
		return `all scores ${score}`;
	}
	if (tokens?.type !== 'array' || tokens.of !== 'string') return 'nothing';
	const text = pick([...odds, '<0x', '<0xZZ>', '<0x0A>0', '▁▁▁', '\ud800', 'é', '<|im_end|>']);
	const from = pick([0, 1, 3, 8, 40]);
	const many = pick([1, 2, 100]);
	metadata['tokenizer.ggml.tokens'] = {
		...tokens,
		values: tokens.values.map((token, id) => (id >= from && id < from + many ? text.slice(0, 200) + (many > 1 ? id : '') : token)),
	};
	return `${many} tokens from ${from} are “${text.slice(0, 12)}”`;
}

function spoilTensor({ tensors }: Draft, pick: Pick, random: SeededRandom): string {
	const tensor = pick(tensors);
	if (random.next() < 0.15) {
		tensor.offset = pick([0, 1, 32, 33, 64, 1024, 2 ** 31, 2 ** 40]);
		return `${tensor.name} at ${tensor.offset}`;
	}
	tensor.dims =
		random.next() < 0.5
			? tensor.dims.map((length) => (random.next() < 0.5 ? length : pick(edges)))
			: Array.from({ length: pick([0, 1, 2, 3, 4, 5]) }, () => pick([1, 2, 16, 32, 64, 264]));
	return `${tensor.name} of ${tensor.dims.join('×')}`;
}

function retypeTensor({ tensors }: Draft, pick: Pick): string {
	const tensor = pick(tensors);
	tensor.typeId = pick(Array.from({ length: 45 }, (_, id) => id));
	return `${tensor.name} of type ${tensor.typeId}`;
}

function dropOrRename({ tensors }: Draft, pick: Pick, random: SeededRandom): string {
	const tensor = pick(tensors);
	if (random.next() < 0.4) {
		tensors.splice(tensors.indexOf(tensor), 1);
		return `no ${tensor.name}`;
	}
	const old = tensor.name;
	tensor.name = pick([
		'blk.1.attn_q.weight',
		'blk.999.attn_q.weight',
		'blk.-1.attn_q.weight',
		'output.weight',
		'rope_freqs.weight',
		'blk.0.attn_q.bias',
		'blk.0.attn_q_norm.weight',
		'x',
		'blk.0.attn_qkv.weight',
	]);
	return `${old} named ${tensor.name}`;
}

function removeKey({ metadata }: Draft, pick: Pick): string {
	const key = pick(Object.keys(metadata));
	delete metadata[key];
	return `no ${key}`;
}

function growBlocks({ metadata, tensors }: Draft, pick: Pick): string {
	const blocks = pick([2, 3]);
	metadata['llama.block_count'] = { type: 'uint32', value: blocks };
	for (const tensor of tensors.filter(({ name }) => name.startsWith('blk.0.'))) {
		for (let block = 1; block < blocks; block++) tensors.push({ ...tensor, name: tensor.name.replace('blk.0.', `blk.${block}.`) });
	}
	return `${blocks} blocks`;
}

function show(value: GgufValue | undefined): string {
	return JSON.stringify(value)?.slice(0, 80) ?? '';
}

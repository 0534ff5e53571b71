import { expect, test } from 'vitest';
import { kindOfName, readQuantization } from './readFileName.ts';

test.each([
	['Qwen3-4B-Q4_K_M.gguf', 'Q4_K_M'],
	['qwen2.5-7b-instruct-q5_k_m.gguf', 'Q5_K_M'],
	['qwen2.5-7b-instruct-q4_0-00001-of-00002.gguf', 'Q4_0'],
	['Qwen3-30B-A3B-UD-Q4_K_XL.gguf', 'UD-Q4_K_XL'],
	['UD-IQ1_S/DeepSeek-R1-UD-IQ1_S-00003-of-00004.gguf', 'UD-IQ1_S'],
	['Llama-3.3-70B-Instruct.i1-IQ3_XXS.gguf', 'IQ3_XXS'],
	['Meta-Llama-3-8B-Instruct.Q8_0.gguf', 'Q8_0'],
	['gemma-3-4b-it-BF16.gguf', 'BF16'],
	['Phi-3-mini-4k-instruct-fp16.gguf', 'F16'],
	['Phi-3-mini-4k-instruct-q4.gguf', 'Q4'],
	['mmproj-model-f16.gguf', 'F16'],
	['yi-34b-chat.Q3_K_L.gguf', 'Q3_K_L'],
	['gpt-oss-20b-mxfp4.gguf', 'MXFP4'],
	['gpt-oss-20b-MXFP4_MOE.gguf', 'MXFP4_MOE'],
	['Qwen2.5-0.5B-Instruct-Q4_0_4_4.gguf', 'Q4_0_4_4'],
	['model_q6_k.gguf', 'Q6_K'],
	['TriLM-3.9B-TQ1_0.gguf', 'TQ1_0'],
	['Q4_K_M/model-00001-of-00009.gguf', 'Q4_K_M'],
	['Mistral-Small-IQ4_NL.gguf', 'IQ4_NL'],
	['BF16/Model-Q2_K_L-00001-of-00002.gguf', 'Q2_K_L'],
	['Qwen2.gguf', null],
	['model.gguf', null],
	['', null],
])('reads from the name %j the quantization %j', (fileName, quantization) => {
	expect(readQuantization(fileName)).toBe(quantization);
});

test.each([
	['Qwen3-4B-Q4_K_M.gguf', 'model'],
	['folder/Model.GGUF', 'model'],
	['mmproj-model-f16.gguf', 'projector'],
	['gemma-3-4b-it.mmproj-Q8_0.gguf', 'projector'],
	['mmproj/Qwen-Q4_0.gguf', 'model'],
	['my-lora-f16.gguf', 'adapter'],
	['Llama-3-abliteration-LoRA-8B-f16.gguf', 'adapter'],
	['exploration-7b.gguf', 'model'],
	['README.md', null],
	['model.gguf.part', null],
])('takes %j for %j by its name', (fileName, kind) => {
	expect(kindOfName(fileName)).toBe(kind);
});

import { expect, test } from 'vitest';
import { readQuery } from './readQuery.ts';

const hub = (name: string) => [{ source: 'huggingface', name }];
const ollama = (name: string) => [{ source: 'ollama', name }];

test.each([
	['', '', []],
	['small chinese model', 'small chinese model', []],
	['Qwen3', 'Qwen3', []],
	['qwen3', 'qwen3', ollama('qwen3')],
	['qwen3:4b', 'qwen3 4b', ollama('qwen3:4b')],
	['ollama run qwen3:4b', 'qwen3 4b', ollama('qwen3:4b')],
	['unsloth/Qwen3-4B-GGUF', 'unsloth/Qwen3-4B-GGUF', hub('unsloth/Qwen3-4B-GGUF')],
	['teacher/reader:8b', 'teacher/reader 8b', ollama('teacher/reader:8b')],
	['https://huggingface.co/unsloth/Qwen3-4B-GGUF', '', hub('unsloth/Qwen3-4B-GGUF')],
	['https://huggingface.co/unsloth/Qwen3-4B-GGUF/blob/main/Qwen3-4B-Q4_K_M.gguf?download=true', '', hub('unsloth/Qwen3-4B-GGUF')],
	['huggingface.co/unsloth/Qwen3-4B-GGUF', '', hub('unsloth/Qwen3-4B-GGUF')],
	['hf.co/unsloth/Qwen3-4B-GGUF:Q4_K_M', '', hub('unsloth/Qwen3-4B-GGUF')],
	['https://mirror.school.example/unsloth/Qwen3-4B-GGUF', '', hub('unsloth/Qwen3-4B-GGUF')],
	['https://ollama.com/library/qwen3:4b', '', ollama('qwen3:4b')],
	['https://ollama.com/teacher/reader', '', ollama('teacher/reader')],
	['registry.ollama.ai/library/qwen3:4b', '', ollama('qwen3:4b')],
	['https://huggingface.co/datasets/squad', 'https://huggingface.co/datasets/squad', []],
	['https://example.org/a/b', 'https://example.org/a/b', []],
])('reads %j as words and names', (text, words, named) => {
	expect(readQuery(text, 'https://mirror.school.example')).toEqual({ words, named });
});

import { z } from 'zod';

/** The programs and services whose ways are known; `other` is whatever else speaks the OpenAI API. */
export const backendKind = z.enum(['openai', 'deepseek', 'ollama', 'vllm', 'llamaServer', 'lmStudio', 'other']);
export type BackendKind = z.infer<typeof backendKind>;

/**
 * Where each kind usually listens, and whether it asks for a key, from its own documentation (the pages are named in
 * src-main/features/routes/backends/backendWays.ts).
 */
export const usualBackends: Record<BackendKind, { endpoint: string; needsKey: boolean }> = {
	openai: { endpoint: 'https://api.openai.com/v1', needsKey: true },
	deepseek: { endpoint: 'https://api.deepseek.com', needsKey: true },
	ollama: { endpoint: 'http://127.0.0.1:11434/v1', needsKey: false },
	vllm: { endpoint: 'http://127.0.0.1:8000/v1', needsKey: false },
	llamaServer: { endpoint: 'http://127.0.0.1:8080/v1', needsKey: false },
	lmStudio: { endpoint: 'http://127.0.0.1:1234/v1', needsKey: false },
	other: { endpoint: '', needsKey: false },
};

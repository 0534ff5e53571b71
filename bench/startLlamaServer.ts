import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { JsonSchema } from '../src-main/features/engine/engine.ts';

/** A chat with an answer of so many tokens, each the likeliest; `schema` holds it to a form. */
export interface ServerOrder {
	messages: readonly { role: 'system' | 'user'; content: string }[];
	maxTokens: number;
	schema: JsonSchema | null;
}

/** What one order took, in tokens. */
export interface ServerUse {
	completionTokens: number;
	cachedTokens: number;
}

/** Starts a llama-server with one thread and without a GPU, so many slots of so many tokens, and its other settings, which are made for this, as they are. */
export async function startLlamaServer(program: string, modelPath: string, { slots, contextTokens }: { slots: number; contextTokens: number }) {
	const port = await freePort();
	const counts = { '--parallel': slots, '--ctx-size': slots * contextTokens, '--threads': 1, '--threads-batch': 1, '--port': port, '--n-gpu-layers': 0 };
	const options = Object.entries(counts).flatMap(([name, value]) => [name, String(value)]);
	const child = spawn(program, ['--model', modelPath, '--host', '127.0.0.1', '--cont-batching', '--jinja', ...options], { stdio: 'ignore' });
	const ended = once(child, 'exit');
	const origin = `http://127.0.0.1:${port}`;
	while (!(await isReady(origin))) {
		if (child.exitCode !== null) throw new Error(`${program} ended with code ${child.exitCode}`);
		await setTimeout(100);
	}
	return {
		async complete({ messages, maxTokens, schema }: ServerOrder): Promise<ServerUse> {
			const form = schema && { response_format: { type: 'json_schema', json_schema: { name: 'form', schema: requireAll(schema), strict: true } } };
			const fixed = { max_tokens: maxTokens, temperature: 0, top_k: 1, seed: 1, cache_prompt: true, ignore_eos: true };
			const body = JSON.stringify({ messages, ...fixed, ...form });
			const answer = await fetch(`${origin}/v1/chat/completions`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
			if (!answer.ok) throw new Error(`llama-server answered ${answer.status}: ${await answer.text()}`);
			// Its answers are its own affair; what is read of them is documented.
			const { usage } = (await answer.json()) as { usage: { completion_tokens: number; prompt_tokens_details?: { cached_tokens?: number } } };
			return { completionTokens: usage.completion_tokens, cachedTokens: usage.prompt_tokens_details?.cached_tokens ?? 0 };
		},
		async close(): Promise<void> {
			child.kill();
			await ended;
		},
	};
}

/** Ours asks for every property; the server's grammar takes those for optional that the schema does not require. */
function requireAll(schema: JsonSchema): object {
	return 'properties' in schema && schema.properties ? { ...schema, required: Object.keys(schema.properties), additionalProperties: false } : schema;
}

async function isReady(origin: string): Promise<boolean> {
	return fetch(`${origin}/health`).then(
		({ ok }) => ok,
		() => false,
	);
}

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	server.close();
	if (address === null || typeof address === 'string') throw new Error('no port');
	return address.port;
}

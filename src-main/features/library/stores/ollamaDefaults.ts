import { z } from 'zod';
import { type ModelDefaults, modelDefaults } from '#contract/library.ts';
import { recogniseTemplate } from '../templates/recogniseTemplate.ts';

/** The parameters of Ollama that have a counterpart here; https://github.com/ollama/ollama/blob/main/docs/modelfile.mdx#parameter */
const counterparts = {
	temperature: 'temperature',
	top_p: 'topP',
	top_k: 'topK',
	min_p: 'minP',
	repeat_penalty: 'repeatPenalty',
	seed: 'seed',
	stop: 'stop',
	num_ctx: 'contextTokens',
	num_predict: 'maxTokens',
} as const;

const jsonObject = z.record(z.string(), z.unknown());

/**
 * Turns the small layers of an Ollama model into defaults: its parameters (JSON), its system prompt and its Go template.
 *
 * What has no counterpart here, or a value that cannot be, is left out; null where nothing is left.
 */
export function ollamaDefaults(layers: { params: string | null; system: string | null; template: string | null }): ModelDefaults | null {
	const params = jsonObject.safeParse(parseJson(layers.params)).data ?? {};
	const values: Record<string, unknown> = {};
	for (const [theirs, ours] of Object.entries(counterparts)) {
		const value = theirs === 'stop' && typeof params[theirs] === 'string' ? [params[theirs]] : params[theirs];
		values[ours] = value;
	}
	values.systemPrompt = layers.system?.trim() || undefined;
	values.chatTemplate = (layers.template && recogniseTemplate(layers.template)) || undefined;
	const usable = Object.entries(values).filter(([name, value]) => value !== undefined && isUsable(name, value));
	return usable.length === 0 ? null : modelDefaults.parse(Object.fromEntries(usable));
}

function isUsable(name: string, value: unknown): boolean {
	return modelDefaults.safeParse({ [name]: value }).success;
}

function parseJson(text: string | null): unknown {
	try {
		return JSON.parse(text ?? 'null');
	} catch {
		return null;
	}
}

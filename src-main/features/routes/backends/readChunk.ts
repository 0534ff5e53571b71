import { z } from 'zod';
import { mostCalls, type TextSpan } from '../../engine/engine.ts';
import type { ToldUsage } from './AnswerMeter.ts';

/** What one chunk of a streamed answer says; `null` where it says nothing of it. */
export interface AnswerChunk {
	text: string;
	/** What the model said to itself, which is no part of the answer but counts. */
	thought: string;
	spans: TextSpan[];
	/** Pieces of calls, by their number in the answer; `name` is null where it came before. */
	calls: { at: number; name: string | null; text: string }[];
	finish: string | null;
	usage: ToldUsage | null;
	/** The server broke off, and this is what it said of it. */
	error: unknown;
}

const text = z.string().nullish();
const said = z.object({
	content: text,
	refusal: text,
	// DeepSeek, llama-server and LM Studio: https://api-docs.deepseek.com/guides/reasoning_model
	reasoning_content: text,
	// Ollama and vLLM: https://docs.vllm.ai/en/latest/features/reasoning_outputs.html
	reasoning: text,
	// https://platform.openai.com/docs/guides/function-calling#streaming; an answer that came whole has no numbers.
	tool_calls: z
		.array(
			z.object({
				index: z.number().int().min(0).max(mostCalls).optional(),
				function: z.object({ name: z.string().max(200).nullish(), arguments: text }).nullish(),
			}),
		)
		.max(mostCalls)
		.nullish(),
});
const tokens = z.number().min(0).transform(Math.floor).catch(0);
const told = z.object({
	prompt_tokens: tokens,
	completion_tokens: tokens,
	prompt_tokens_details: z.object({ cached_tokens: tokens.default(0) }).nullish(),
	// https://api-docs.deepseek.com/guides/kv_cache
	prompt_cache_hit_tokens: tokens.optional(),
});
const choice = z.object({
	delta: said.nullish(),
	/** In place of `delta` in an answer that came whole. */
	message: said.nullish(),
	finish_reason: text,
	logprobs: z.object({ content: z.array(z.object({ token: z.string(), logprob: z.number() })).nullish() }).nullish(),
});
/** https://platform.openai.com/docs/api-reference/chat-streaming/streaming */
const chunk = z.object({ choices: z.array(choice).nullish(), usage: told.nullish(), error: z.unknown().optional() });

/** Reads one chunk of an answer, or a whole answer, from its JSON; null where it is neither. */
export function readChunk(json: string): AnswerChunk | null {
	const read = chunk.safeParse(parse(json));
	if (!read.success) return null;
	const { choices, usage, error } = read.data;
	const first = choices?.[0];
	if (!first && !usage && !error && !choices) return null;
	const { content, refusal, reasoning, reasoning_content, tool_calls } = first?.delta ?? first?.message ?? {};
	const shown = content || refusal || '';
	return {
		text: shown,
		thought: reasoning_content || reasoning || '',
		spans: spansOf(shown, first?.logprobs?.content ?? []),
		calls: (tool_calls ?? []).map(({ index, function: called }, at) => ({ at: index ?? at, name: called?.name || null, text: called?.arguments ?? '' })),
		finish: first?.finish_reason ?? null,
		usage: usage ? readUsage(usage) : null,
		error: error ?? null,
	};
}

function parse(json: string): unknown {
	try {
		return JSON.parse(json);
	} catch {
		return null;
	}
}

function readUsage(usage: z.infer<typeof told>): ToldUsage {
	const { prompt_tokens, completion_tokens, prompt_tokens_details, prompt_cache_hit_tokens } = usage;
	return {
		promptTokens: prompt_tokens,
		completionTokens: completion_tokens,
		reusedTokens: prompt_tokens_details?.cached_tokens ?? prompt_cache_hit_tokens ?? 0,
	};
}

/** A piece for each token where they are the text; a letter may be split over several, and then they count as one piece. */
function spansOf(shown: string, each: readonly { token: string; logprob: number }[]): TextSpan[] {
	if (each.length === 0 || shown === '') return [];
	const likely = (logprob: number) => Math.min(0, logprob);
	if (each.map(({ token }) => token).join('') === shown) {
		return each.map(({ token, logprob }) => ({ characters: token.length, tokens: 1, logProbability: likely(logprob) }));
	}
	return [{ characters: shown.length, tokens: each.length, logProbability: each.reduce((sum, { logprob }) => sum + likely(logprob), 0) }];
}

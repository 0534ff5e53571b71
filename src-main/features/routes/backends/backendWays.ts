import type { BackendKind } from '#contract/backendKinds.ts';

/** How a kind of server differs from the OpenAI API as it was first written. */
export interface BackendWays {
	/** The field that bounds an answer. */
	mostTokens: 'max_tokens' | 'max_completion_tokens';
	/**
	 * How it is told the shape of an answer. `strict`: a JSON schema of OpenAI's own subset; `schema`: any JSON schema; `object`: only that it be
	 * JSON, so that the schema stands in the prompt.
	 */
	shape: 'strict' | 'schema' | 'object';
	/** What it calls what OpenAI's API does not have; what is left out it does not have either. */
	sampling: { topK?: string; minP?: string; repeatPenalty?: string };
	/** Texts that may end an answer; further ones are looked for here. */
	mostStops: number;
	/** It tells how likely the model thought each token. */
	logProbabilities: boolean;
	/** What it reads of how tools are to be called, beside the tools themselves. */
	calls: { choice: boolean; parallel: boolean };
	/** A page that says whether it takes requests, at the root of the server; null: its list of models says so. */
	healthPath: string | null;
	/** Models whose name fits take no sampling of the caller's and tell no probabilities. */
	plain?: RegExp;
}

/** Those of unknown servers: the fields that all of the below have. */
const other: BackendWays = {
	mostTokens: 'max_tokens',
	shape: 'schema',
	sampling: {},
	mostStops: 4,
	logProbabilities: true,
	calls: { choice: true, parallel: false },
	healthPath: null,
};

const allCalls = { choice: true, parallel: true };

const anyNumber = Number.POSITIVE_INFINITY;

/** The ways of each kind; a test reads back what is sent for each of them. */
export const backendWays: Record<BackendKind, BackendWays> = {
	// `max_tokens` is deprecated and refused by reasoning models, `stop` takes four: https://platform.openai.com/docs/api-reference/chat/create
	// Reasoning models refuse `temperature`, `top_p` and `logprobs`: https://platform.openai.com/docs/guides/latest-model
	// The subset of schemas: https://platform.openai.com/docs/guides/structured-outputs#supported-schemas
	openai: { ...other, mostTokens: 'max_completion_tokens', shape: 'strict', calls: allCalls, plain: /^(o\d|gpt-5)/ },
	// 16 texts may end an answer: https://api-docs.deepseek.com/api/create-chat-completion
	// No schema, and the word "json" must stand in the prompt: https://api-docs.deepseek.com/guides/json_mode
	// Thinking models take no sampling and give no probabilities: https://api-docs.deepseek.com/guides/reasoning_model
	deepseek: { ...other, shape: 'object', mostStops: 16, plain: /reasoner/ },
	// The fields that it reads, `tools` but not `tool_choice` among them: https://docs.ollama.com/api/openai-compatibility
	ollama: { ...other, mostStops: anyNumber, calls: { choice: false, parallel: false } },
	// `top_k`, `min_p`, `repetition_penalty` and /health: https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html
	vllm: {
		...other,
		sampling: { topK: 'top_k', minP: 'min_p', repeatPenalty: 'repetition_penalty' },
		mostStops: anyNumber,
		calls: allCalls,
		healthPath: '/health',
	},
	// It takes the fields of its own /completion, too, and answers 503 at /health while it loads:
	// https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md
	llamaServer: {
		...other,
		sampling: { topK: 'top_k', minP: 'min_p', repeatPenalty: 'repeat_penalty' },
		mostStops: anyNumber,
		calls: allCalls,
		healthPath: '/health',
	},
	// The fields that it reads, `logprobs` not among them: https://lmstudio.ai/docs/developer/openai-compat/chat-completions
	lmStudio: { ...other, sampling: { topK: 'top_k', repeatPenalty: 'repeat_penalty' }, mostStops: anyNumber, logProbabilities: false },
	other,
};

import { useEffect, useMemo, useState } from 'react';
import { likelyTokens } from '#contract/priceOf.ts';
import { client } from '../../rpc/client.ts';
import { useDeployments } from '../../rpc/live.ts';
import type { BranchEntry } from './selectBranch.ts';

const quietMs = 400;

export interface NextPrompt {
	modelId: string | null;
	branch: readonly BranchEntry[];
	draft: string;
	systemPrompt: string;
}

/** What the next prompt takes. */
export interface PromptTokens {
	tokens: number;
	/** Counted by the model itself; else reckoned from the text, about. */
	isCounted: boolean;
	/** Reckoned from the text alone. */
	likelyTokens: number;
	/** What the model holds at once; null while it is not loaded. */
	contextTokens: number | null;
}

/** How many tokens the conversation and the draft are together: counted by the model once typing rests, reckoned where it is not loaded. */
export function usePromptTokens({ modelId, branch, draft, systemPrompt }: NextPrompt): PromptTokens {
	const { value: deployments } = useDeployments();
	const contextTokens = deployments?.find((deployment) => deployment.modelId === modelId && deployment.state === 'running')?.plan?.contextTokens ?? null;
	const usage = branch.findLast((entry) => entry.message.usage !== null)?.message.usage;
	const before = usage ? usage.promptTokens + usage.completionTokens : 0;
	const counted = useTokenCount(contextTokens === null ? null : modelId, usage ? draft : `${systemPrompt}${draft}`);
	const likelyBefore = useMemo(
		() => branch.reduce((sum, { message }) => sum + likelyTokens(message.content), likelyTokens(systemPrompt)),
		[branch, systemPrompt],
	);
	const likely = likelyBefore + likelyTokens(draft);
	const isCounted = contextTokens !== null && counted !== null;
	return { tokens: isCounted ? before + counted : likely, isCounted, likelyTokens: likely, contextTokens };
}

/** Counts the tokens of `text` with a loaded model once typing rests; null while unknown. The last count stays until the next is there. */
function useTokenCount(modelId: string | null, text: string): number | null {
	const [tokens, setTokens] = useState<number | null>(null);
	useEffect(() => {
		if (modelId === null) {
			setTokens(null);
			return;
		}
		const stop = new AbortController();
		const timer = setTimeout(() => {
			client.engine.countTokens({ modelId, text }, { signal: stop.signal }).then(
				(count) => setTokens(count.tokens),
				// A count that fails is no count: the meter hides, and the next send says what is wrong.
				() => setTokens(null),
			);
		}, quietMs);
		return () => {
			clearTimeout(timer);
			stop.abort();
		};
	}, [modelId, text]);
	return tokens;
}

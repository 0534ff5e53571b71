import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../rpc/client.ts';
import { useDeployments } from '../../rpc/live.ts';
import { useFormat } from '../../ui/format.ts';
import type { BranchEntry } from './selectBranch.ts';

const quietMs = 400;

interface Props {
	modelId: string | null;
	branch: readonly BranchEntry[];
	draft: string;
	systemPrompt: string;
}

/**
 * Shows how much of the model's context the conversation and the draft take. Nothing is shown while the model is not loaded:
 * only it can count.
 */
export function ContextMeter({ modelId, branch, draft, systemPrompt }: Props) {
	const { t } = useTranslation('chat');
	const format = useFormat();
	const { value: deployments } = useDeployments();
	const contextTokens = deployments?.find((deployment) => deployment.modelId === modelId && deployment.state === 'running')?.plan?.contextTokens ?? null;
	const usage = branch.findLast((entry) => entry.message.usage !== null)?.message.usage;
	const draftTokens = useTokenCount(contextTokens === null ? null : modelId, usage ? draft : `${systemPrompt}${draft}`);
	if (contextTokens === null || draftTokens === null) return null;
	const usedTokens = (usage ? usage.promptTokens + usage.completionTokens : 0) + draftTokens;
	const isOver = usedTokens > contextTokens;
	return (
		<Box sx={{ display: 'flex', alignItems: 'center', gap: 1, minWidth: 0 }}>
			<Box aria-hidden sx={{ width: 48, height: 4, flex: 'none', borderRadius: 1, bgcolor: 'divider', overflow: 'hidden' }}>
				<Box sx={{ height: '100%', width: `${Math.min(100, (usedTokens / contextTokens) * 100)}%`, bgcolor: isOver ? 'warning.main' : 'text.secondary' }} />
			</Box>
			<Typography variant="caption" noWrap sx={{ color: isOver ? 'warning.main' : 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
				{t(isOver ? 'meter.over' : 'meter.used', { used: format.number(usedTokens), context: format.number(contextTokens) })}
			</Typography>
		</Box>
	);
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

import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import type { PromptTokens } from './usePromptTokens.ts';

/**
 * Shows how much of the model's context the conversation and the draft take. Nothing is shown while the model is not loaded:
 * only it can count.
 */
export function ContextMeter({ prompt: { tokens, isCounted, contextTokens } }: { prompt: PromptTokens }) {
	const { t } = useTranslation('chat');
	const format = useFormat();
	if (contextTokens === null || !isCounted) return null;
	const isOver = tokens > contextTokens;
	return (
		<Box sx={{ display: 'flex', alignItems: 'center', gap: 1, minWidth: 0, flex: 'none' }}>
			<Box aria-hidden sx={{ width: 48, height: 4, flex: 'none', borderRadius: 1, bgcolor: 'divider', overflow: 'hidden' }}>
				<Box sx={{ height: '100%', width: `${Math.min(100, (tokens / contextTokens) * 100)}%`, bgcolor: isOver ? 'warning.main' : 'text.secondary' }} />
			</Box>
			<Typography variant="caption" noWrap sx={{ color: isOver ? 'warning.main' : 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
				{t(isOver ? 'meter.over' : 'meter.used', { used: format.number(tokens), context: format.number(contextTokens) })}
			</Typography>
		</Box>
	);
}

import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunLine } from '#contract/finetune.ts';
import { useFormat } from '../../ui/format.ts';

/** More lines than these push away what is new. */
const mostLines = 200;

/** What happened in a run, newest first, in words. */
export function RunLog({ lines }: { lines: readonly RunLine[] }) {
	const { t, i18n } = useTranslation('finetune');
	const titleId = useId();
	const time = new Intl.DateTimeFormat(i18n.language, { timeStyle: 'medium' });
	const shown = lines.slice(-mostLines).reverse();
	return (
		<Box component="section" aria-labelledby={titleId}>
			<Typography id={titleId} variant="h2" sx={{ mb: 1 }}>
				{t('run.log.title')}
			</Typography>
			<Paper variant="outlined" sx={{ height: 320, overflow: 'auto' }} tabIndex={0} role="log" aria-labelledby={titleId} aria-live="off">
				{shown.length === 0 && <Typography sx={{ p: 2, color: 'text.secondary' }}>{t('run.log.empty')}</Typography>}
				<Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0 }}>
					{shown.map((line) => (
						<Box component="li" key={line.seq} sx={{ display: 'flex', gap: 1.5, px: 2, py: 0.75, '& + &': { borderTop: 1, borderColor: 'divider' } }}>
							<Typography
								component="time"
								variant="caption"
								dateTime={new Date(line.at).toISOString()}
								sx={{ color: 'text.secondary', flex: 'none', pt: '1px', fontVariantNumeric: 'tabular-nums' }}
							>
								{time.format(line.at)}
							</Typography>
							<Line line={line} />
						</Box>
					))}
				</Box>
			</Paper>
		</Box>
	);
}

function Line({ line: { code, data } }: { line: RunLine }) {
	const { t } = useTranslation('finetune');
	const format = useFormat();
	const values = Object.fromEntries(Object.entries(data).map(([name, value]) => [name, typeof value === 'number' ? format.number(value, 3) : value]));
	const words = { step: '', steps: '', examples: '', heldOut: '', rowTokens: '', from: '', to: '', device: '', bestStep: '', prompts: '', text: '', ...values };
	return (
		<Typography dir="auto" sx={{ minWidth: 0, overflowWrap: 'anywhere', fontVariantNumeric: 'tabular-nums' }}>
			{code === 'best' && data.validationLoss !== undefined
				? t('run.lines.bestLoss', { ...words, loss: values.validationLoss })
				: t(`run.lines.${code}`, { ...words, value: values.forgetting ?? '' })}
		</Typography>
	);
}

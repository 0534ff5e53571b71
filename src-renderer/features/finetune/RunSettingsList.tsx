import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Run } from '#contract/finetune.ts';
import { settingNames } from './settingNames.ts';
import { useSettingWords } from './useSettingWords.ts';

/** What a run was set to. */
export function RunSettingsList({ run }: { run: Run }) {
	const { t } = useTranslation('finetune');
	const titleId = useId();
	const words = useSettingWords();
	return (
		<Box>
			<Typography id={titleId} variant="h2" sx={{ mb: 1 }}>
				{t('run.settings')}
			</Typography>
			<Paper variant="outlined" sx={{ height: 320, overflow: 'auto' }} tabIndex={0} role="region" aria-labelledby={titleId}>
				<Box component="dl" sx={{ m: 0 }}>
					{settingNames.map((name) => (
						<Box
							key={name}
							sx={{ display: 'flex', justifyContent: 'space-between', gap: 2, px: 2, py: 0.75, '& + &': { borderTop: 1, borderColor: 'divider' } }}
						>
							<Box component="dt" sx={{ color: 'text.secondary' }}>
								{t(`settings.names.${name}`)}
							</Box>
							<Box component="dd" sx={{ m: 0, textAlign: 'end', fontVariantNumeric: 'tabular-nums' }}>
								{words(name, run.settings)}
							</Box>
						</Box>
					))}
				</Box>
			</Paper>
		</Box>
	);
}

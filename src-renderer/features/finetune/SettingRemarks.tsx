import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import type { Intent, RunSettings } from '#contract/finetune.ts';
import { fewExamples, settingsOfIntent } from '#contract/settingsOfIntent.ts';
import { useFormat } from '../../ui/format.ts';
import { compareSettings } from './compareSettings.ts';
import { doubtfulSettings } from './doubtfulSettings.ts';

interface Props {
	settings: RunSettings;
	intent: Intent;
	/** How many weights the model has; null: not known. */
	parameters: number | null;
	/** Of the dataset; null while none is chosen. */
	examples: number | null;
}

/** Which settings are not as the intent advises, so that it is known while they are folded away, and what of it all seldom does well. */
export function SettingRemarks({ settings, intent, parameters, examples }: Props) {
	const { t } = useTranslation('finetune');
	const format = useFormat();
	const usual = settingsOfIntent(intent, parameters, examples);
	const changed = compareSettings([settings, usual]).map((name) => t(`settings.names.${name}`));
	const doubts = doubtfulSettings(settings, examples);
	if (changed.length === 0 && doubts.length === 0) return null;
	return (
		<Box sx={{ display: 'flex', flexDirection: 'column', gap: 1, mt: -2 }}>
			{changed.length > 0 && (
				<Typography variant="caption" sx={{ color: 'text.secondary' }}>
					{t('settings.changed', { names: changed.join(' · ') })}
				</Typography>
			)}
			{doubts.length > 0 && (
				<Alert severity="warning" variant="outlined" sx={{ bgcolor: 'background.paper' }}>
					{doubts.map((name) => (
						<Box key={name}>
							{t(`settings.doubts.${name}`, {
								...(name !== 'examples' && { value: format.number(settings[name], 12), advised: format.number(usual[name], 12) }),
								examples: format.number(examples ?? 0),
								few: format.number(fewExamples),
								count: examples ?? 0,
							})}
						</Box>
					))}
				</Alert>
			)}
		</Box>
	);
}

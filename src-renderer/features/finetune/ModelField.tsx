import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import type { TrainingChoice } from './trainingChoices.ts';

interface Props {
	choices: readonly TrainingChoice[];
	value: string | null;
	onChange: (modelId: string) => void;
	help: string;
}

/** Picks the model that is trained, or that an adapter belongs to; those that cannot be trained are grey and say why. */
export function ModelField({ choices, value, onChange, help }: Props) {
	const { t } = useTranslation('finetune');
	const format = useFormat();
	const chosen = choices.find(({ model }) => model.id === value)?.model;
	return (
		<TextField
			select
			fullWidth
			label={t('newRun.model')}
			value={chosen?.id ?? ''}
			onChange={(event) => onChange(event.target.value)}
			helperText={help}
			slotProps={{ select: { renderValue: () => chosen?.name ?? '' } }}
		>
			{choices.map(({ model, reason }) => (
				<MenuItem key={model.id} value={model.id} disabled={reason !== null} sx={{ py: 0.75, '&.Mui-disabled': { opacity: 0.75, color: 'text.secondary' } }}>
					<Box sx={{ minWidth: 0 }}>
						<Typography noWrap dir="auto">
							{model.name}
						</Typography>
						<Typography variant="caption" component="div" sx={{ color: 'text.secondary' }}>
							{reason === null
								? [model.architecture, model.quantization, format.bytes(model.sizeBytes)].join(' · ')
								: t(`newRun.untrainable.${reason}`, { architecture: model.architecture })}
						</Typography>
					</Box>
				</MenuItem>
			))}
		</TextField>
	);
}

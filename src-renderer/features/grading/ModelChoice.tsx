import MenuItem from '@mui/material/MenuItem';
import type { SxProps, Theme } from '@mui/material/styles';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { useIsDemo } from '../../rpc/useIsDemo.ts';
import { AdapterPicker } from '../../ui/AdapterPicker.tsx';
import { DemoLabel } from '../../ui/DemoLabel.tsx';
import type { usePickedModel } from './usePickedModel.ts';

/** Picks the model to work with, and an adapter for it where there is one; not there where there is no model. */
export function ModelChoice({ choice, sx }: { choice: ReturnType<typeof usePickedModel>; sx: SxProps<Theme> }) {
	const { t } = useTranslation('grading');
	const isDemo = useIsDemo();
	const { models, model, adapters, adapter, pickModel, pickAdapter } = choice;
	if (models === null || model === null) return null;
	return (
		<>
			<TextField
				select
				value={model.id}
				onChange={(event) => pickModel(event.target.value)}
				sx={sx}
				slotProps={{ select: { SelectDisplayProps: { 'aria-label': t('start.model') }, renderValue: () => model.name } }}
			>
				{models.map(({ id, name, isLoaded }) => (
					<MenuItem key={id} value={id} sx={{ gap: 1 }}>
						{name}
						{isDemo(id) && <DemoLabel />}
						{isLoaded && (
							<Typography component="span" variant="caption" sx={{ color: 'text.secondary', ml: 1 }}>
								{t('start.loaded')}
							</Typography>
						)}
					</MenuItem>
				))}
			</TextField>
			<AdapterPicker choices={adapters} value={adapter} onPick={pickAdapter} />
		</>
	);
}

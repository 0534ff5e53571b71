import MenuItem from '@mui/material/MenuItem';
import type { SxProps, Theme } from '@mui/material/styles';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { AdapterPicker, type AdapterPickerProps } from './AdapterPicker.tsx';
import { DemoLabel } from './DemoLabel.tsx';

interface Props {
	/** What can be picked and what is, as src-renderer/rpc/usePickedModel.ts knows it. */
	choice: {
		models: readonly { id: string; name: string; isLoaded: boolean; isDemo: boolean }[] | null;
		model: { id: string; name: string } | null;
		adapters: AdapterPickerProps['choices'];
		adapter: AdapterPickerProps['value'];
		pickModel: (id: string) => void;
		pickAdapter: AdapterPickerProps['onPick'];
	};
	sx: SxProps<Theme>;
}

/** Picks the model to work with, and an adapter for it where there is one; not there where there is no model. */
export function ModelChoice({ choice, sx }: Props) {
	const { t } = useTranslation('ui');
	const { models, model, adapters, adapter, pickModel, pickAdapter } = choice;
	if (models === null || model === null) return null;
	return (
		<>
			<TextField
				select
				value={model.id}
				onChange={(event) => pickModel(event.target.value)}
				sx={sx}
				slotProps={{ select: { SelectDisplayProps: { 'aria-label': t('model.label') }, renderValue: () => model.name } }}
			>
				{models.map(({ id, name, isLoaded, isDemo }) => (
					<MenuItem key={id} value={id} sx={{ gap: 1 }}>
						{name}
						{isDemo && <DemoLabel />}
						{isLoaded && (
							<Typography component="span" variant="caption" sx={{ color: 'text.secondary', ml: 1 }}>
								{t('model.loaded')}
							</Typography>
						)}
					</MenuItem>
				))}
			</TextField>
			<AdapterPicker choices={adapters} value={adapter} onPick={pickAdapter} />
		</>
	);
}

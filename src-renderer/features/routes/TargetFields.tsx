import RemoveIcon from '@mui/icons-material/CloseOutlined';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import { useTranslation } from 'react-i18next';
import { SelectField } from '../../ui/SelectField.tsx';
import type { TargetDraft, WrongField } from './routeDraft.ts';

interface Props {
	target: TargetDraft;
	/** Its place in the list, from 1. */
	number: number;
	sources: ReadonlyMap<string, string>;
	wrong: readonly WrongField[];
	onChange: (changes: Partial<TargetDraft>) => void;
	onRemove: () => void;
}

/** One target of a route in its fields, in a row. */
export function TargetFields({ target, number, sources, wrong, onChange, onRemove }: Props) {
	const { t } = useTranslation('routes');
	const { key, source, model, weight, price, isEnabled } = target;
	const isRemote = source.startsWith('backend ');
	// One that is gone stays chosen until another is.
	const options = sources.has(source) ? [...sources.keys()] : [source, ...sources.keys()];
	return (
		<Box
			role="group"
			aria-label={t('target.numbered', { number })}
			sx={{ display: 'grid', gridTemplateColumns: isRemote ? '2fr 2fr 88px 120px auto auto' : '4fr 88px 120px auto auto', gap: 1, mb: 2, alignItems: 'center' }}
		>
			<SelectField
				label={t('target.source')}
				value={source}
				options={options}
				name={(option) => sources.get(option) ?? t('target.sourceGone')}
				onChange={(chosen) => onChange({ source: chosen })}
			/>
			{isRemote && (
				<TextField
					label={t('target.model')}
					value={model}
					error={wrong.includes(`model ${key}`)}
					onChange={(event) => onChange({ model: event.target.value })}
					slotProps={{ htmlInput: { dir: 'ltr', spellCheck: false, autoCapitalize: 'none', autoComplete: 'off', maxLength: 300 } }}
				/>
			)}
			<TextField
				label={t('target.weight')}
				value={weight}
				error={wrong.includes(`weight ${key}`)}
				onChange={(event) => onChange({ weight: event.target.value })}
				slotProps={{ htmlInput: { inputMode: 'numeric', autoComplete: 'off' } }}
			/>
			<TextField
				label={t('target.price')}
				value={price}
				error={wrong.includes(`price ${key}`)}
				onChange={(event) => onChange({ price: event.target.value })}
				slotProps={{ htmlInput: { inputMode: 'numeric', autoComplete: 'off' } }}
			/>
			<Switch
				checked={isEnabled}
				onChange={(_event, isOn) => onChange({ isEnabled: isOn })}
				slotProps={{ input: { 'aria-label': t('target.isEnabled', { number }) } }}
			/>
			<IconButton aria-label={t('target.remove', { number })} onClick={onRemove}>
				<RemoveIcon fontSize="small" />
			</IconButton>
		</Box>
	);
}

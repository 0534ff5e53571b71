import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunSettings, Target } from '#contract/finetune.ts';
import { useFormat } from '../../ui/format.ts';
import { Term, type TermName } from '../../ui/Term.tsx';
import { boundsOf, type NumberSetting, type SettingFields } from './settingFields.ts';

const groups = {
	adapter: ['rank', 'alpha'],
	learning: ['epochs', 'learningRate', 'warmUpFraction', 'weightDecay', 'mostGradient', 'seed'],
	rows: ['rowsPerStep', 'rowTokens', 'threads'],
	measuring: ['validationFraction', 'evaluateEverySteps', 'patience'],
} as const satisfies Record<string, readonly NumberSetting[]>;
const groupNames = ['adapter', 'learning', 'rows', 'measuring'] as const;
const targets: readonly Target[] = ['q', 'k', 'v', 'o', 'gate', 'up', 'down'];

/** Settings whose name is a word of the field that needs more than a line. */
const terms: Partial<Record<NumberSetting, TermName>> = {
	rank: 'rank',
	alpha: 'loraAlpha',
	epochs: 'epoch',
	learningRate: 'learningRate',
	seed: 'seed',
	rowTokens: 'token',
	validationFraction: 'heldOut',
};

interface Props {
	fields: SettingFields;
	/** The settings that are not as they may be. */
	wrong: readonly string[];
	onChange: (fields: SettingFields) => void;
}

/** Every setting of a run, for experts: each with its unit and what it does; what is not as it may be says what may be. */
export function SettingsForm({ fields, wrong, onChange }: Props) {
	const { t } = useTranslation('finetune');
	return (
		<Box sx={{ display: 'flex', flexDirection: 'column', gap: 2.5 }}>
			{groupNames.map((group) => (
				<Box key={group} component="fieldset" sx={{ border: 0, m: 0, p: 0, minWidth: 0 }}>
					<Typography component="legend" variant="h3" sx={{ mb: 1.5, p: 0 }}>
						{t(`settings.groups.${group}`)}
					</Typography>
					<Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(200px, 1fr))', gap: 2, alignItems: 'start' }}>
						{groups[group].map((name) => (
							<NumberSettingField
								key={name}
								name={name}
								value={fields[name]}
								isWrong={wrong.includes(name)}
								onChange={(value) => onChange({ ...fields, [name]: value })}
							/>
						))}
						{group === 'rows' && <ComputeOnField value={fields.computeOn} onChange={(computeOn) => onChange({ ...fields, computeOn })} />}
						{group === 'rows' && <PackingField isOn={fields.packing} onChange={(packing) => onChange({ ...fields, packing })} />}
					</Box>
					{group === 'adapter' && (
						<TargetsField value={fields.targets} isWrong={wrong.includes('targets')} onChange={(chosen) => onChange({ ...fields, targets: chosen })} />
					)}
				</Box>
			))}
		</Box>
	);
}

function NumberSettingField({ name, value, isWrong, onChange }: { name: NumberSetting; value: string; isWrong: boolean; onChange: (value: string) => void }) {
	const { t } = useTranslation('finetune');
	const format = useFormat();
	const { least, most, isWhole, isAbove } = boundsOf(name);
	const bounds = { least: format.number(least, 4), most: format.number(most, 4) };
	const mayBe = isWhole ? t('settings.boundsWhole', bounds) : isAbove ? t('settings.boundsAbove', bounds) : t('settings.bounds', bounds);
	const term = terms[name];
	const help = t(`settings.help.${name}`);
	return (
		<TextField
			label={t(`settings.names.${name}`)}
			value={value}
			error={isWrong}
			helperText={isWrong ? mayBe : term ? <Term name={term}>{help}</Term> : help}
			placeholder={name === 'patience' ? t('settings.never') : name === 'threads' ? t('settings.asEngine') : ''}
			onChange={(event) => onChange(event.target.value)}
			slotProps={{ htmlInput: { inputMode: 'decimal', autoComplete: 'off' }, inputLabel: { shrink: true } }}
		/>
	);
}

function ComputeOnField({ value, onChange }: { value: RunSettings['computeOn']; onChange: (value: RunSettings['computeOn']) => void }) {
	const { t } = useTranslation('finetune');
	return (
		<TextField
			select
			label={t('settings.names.computeOn')}
			value={value}
			helperText={t('settings.help.computeOn')}
			onChange={(event) => onChange(event.target.value === 'processor' ? 'processor' : 'automatic')}
		>
			<MenuItem value="automatic">{t('settings.computeOn.automatic')}</MenuItem>
			<MenuItem value="processor">{t('settings.computeOn.processor')}</MenuItem>
		</TextField>
	);
}

function PackingField({ isOn, onChange }: { isOn: boolean; onChange: (isOn: boolean) => void }) {
	const { t } = useTranslation('finetune');
	const helpId = useId();
	return (
		<Box>
			<FormControlLabel
				control={
					<Checkbox size="small" checked={isOn} onChange={(_event, isChecked) => onChange(isChecked)} slotProps={{ input: { 'aria-describedby': helpId } }} />
				}
				label={t('settings.names.packing')}
			/>
			<Typography id={helpId} variant="caption" component="div" sx={{ color: 'text.secondary' }}>
				{t('settings.help.packing')}
			</Typography>
		</Box>
	);
}

function TargetsField({ value, isWrong, onChange }: { value: readonly Target[]; isWrong: boolean; onChange: (value: Target[]) => void }) {
	const { t } = useTranslation('finetune');
	const id = useId();
	return (
		<Box role="group" aria-labelledby={id} aria-describedby={`${id}-help`} sx={{ mt: 1.5 }}>
			<Typography id={id} variant="caption" component="div" sx={{ color: 'text.secondary' }}>
				{t('settings.names.targets')}
			</Typography>
			<Box sx={{ display: 'flex', flexWrap: 'wrap' }}>
				{targets.map((name) => (
					<FormControlLabel
						key={name}
						control={
							<Checkbox
								size="small"
								checked={value.includes(name)}
								onChange={(_event, isChecked) => onChange(targets.filter((each) => (each === name ? isChecked : value.includes(each))))}
							/>
						}
						label={name}
					/>
				))}
			</Box>
			<Typography id={`${id}-help`} variant="caption" component="div" sx={{ color: isWrong ? 'error.main' : 'text.secondary' }}>
				{isWrong ? t('settings.oneTarget') : t('settings.help.targets')}
			</Typography>
		</Box>
	);
}

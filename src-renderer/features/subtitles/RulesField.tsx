import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { readingPreset, rulesOf } from '#contract/readingRules.ts';
import { useFormat } from '../../ui/format.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import { presetsFor } from './presetsFor.ts';

/** Which reading rules count, with what they say. */
export function RulesField({ value, targetLanguage, onChange }: { value: string; targetLanguage: string; onChange: (rulesId: string) => void }) {
	const { t } = useTranslation('subtitles');
	const format = useFormat();
	const presets = presetsFor(targetLanguage);
	const chosen = presets.some(({ id }) => id === value) ? value : '';
	const { maxCps, maxCharsPerLine, maxLines } = rulesOf({ rulesId: chosen, targetLanguage });
	const nameOf = (id: string) => {
		const preset = readingPreset(id);
		return preset
			? t('rules.named', { publisher: t(`rules.publishers.${preset.publisher}`), audience: t(`rules.audiences.${preset.audience}`) })
			: t('rules.usual');
	};
	return (
		<div>
			<SelectField label={t('rules.label')} value={chosen} options={['', ...presets.map(({ id }) => id)]} name={nameOf} onChange={onChange} />
			<Typography variant="caption" component="p" sx={{ color: 'text.secondary', m: 0, mt: 0.5 }}>
				{t('rules.limits', { cps: format.number(maxCps), characters: format.number(maxCharsPerLine), lines: format.number(maxLines) })}
			</Typography>
		</div>
	);
}

import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import { useTranslation } from 'react-i18next';
import { type StyleSheet, styleSheet } from '#contract/subtitles.ts';
import { SelectField } from '../../ui/SelectField.tsx';

type Choice = Exclude<keyof StyleSheet, 'note'>;

/** What each part of a style sheet may be, as the contract has it. */
const choices: { [Name in Choice]: readonly StyleSheet[Name][] } = {
	formality: styleSheet.shape.formality.unwrap().options,
	register: styleSheet.shape.register.unwrap().options,
	englishVariety: styleSheet.shape.englishVariety.unwrap().options,
	songs: styleSheet.shape.songs.unwrap().options,
	signs: styleSheet.shape.signs.unwrap().options,
};

/** How a translation is to sound; British or American is asked of one into English alone. */
export function StyleFields({ value, targetLanguage, onChange }: { value: StyleSheet; targetLanguage: string; onChange: (style: StyleSheet) => void }) {
	const { t } = useTranslation('subtitles');
	const select = <Name extends Choice>(name: Name, label: string) => (
		<SelectField
			label={label}
			value={value[name]}
			options={choices[name]}
			name={(option) => t(`style.options.${option}`)}
			onChange={(chosen) => {
				const option = choices[name].find((one) => one === chosen);
				if (option !== undefined) onChange({ ...value, [name]: option });
			}}
		/>
	);
	return (
		<>
			<Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(168px, 1fr))', gap: 2 }}>
				{select('formality', t('style.formality'))}
				{select('register', t('style.register'))}
				{/^en\b/.test(targetLanguage) && select('englishVariety', t('style.englishVariety'))}
				{select('songs', t('style.songs'))}
				{select('signs', t('style.signs'))}
			</Box>
			<TextField
				label={t('style.note')}
				helperText={t('style.noteHelp')}
				multiline
				minRows={2}
				maxRows={6}
				value={value.note}
				onChange={(event) => onChange({ ...value, note: event.target.value })}
				slotProps={{ htmlInput: { maxLength: 2000, dir: 'auto' } }}
			/>
		</>
	);
}

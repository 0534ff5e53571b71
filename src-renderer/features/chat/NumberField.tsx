import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import { Term, type TermName } from '../../ui/Term.tsx';
import { type Bounds, type NumberSetting, parseSetting } from './parseSetting.ts';

interface Props {
	name: NumberSetting;
	value: number | null;
	onCommit: (value: number | null) => void;
}

/** What explains the line under each field. */
const terms: Record<NumberSetting, TermName> = {
	temperature: 'temperature',
	topP: 'topP',
	topK: 'topK',
	minP: 'minP',
	repeatPenalty: 'repeatPenalty',
	seed: 'seed',
	maxTokens: 'token',
};

/** A field for one number of the settings: kept when it is left or Enter is pressed; what cannot be taken says the bounds. */
export function NumberField({ name, value, onCommit }: Props) {
	const { t } = useTranslation('chat');
	const format = useFormat();
	const [text, setText] = useState(value === null ? '' : String(value));
	const parsed = parseSetting(name, text);
	const commit = () => {
		if (parsed.kind === 'value' && parsed.value !== value) onCommit(parsed.value);
	};
	const bounds = (wrong: Bounds) =>
		t(wrong.isWhole ? 'settings.boundsWhole' : 'settings.bounds', { smallest: format.number(wrong.smallest, 2), largest: format.number(wrong.largest, 2) });
	return (
		<TextField
			label={t(`settings.${name}`)}
			value={text}
			error={parsed.kind === 'wrong'}
			helperText={parsed.kind === 'wrong' ? bounds(parsed) : <Term name={terms[name]}>{t(`settings.${name}Help`)}</Term>}
			placeholder={name === 'seed' ? t('settings.seedNone') : ''}
			onChange={(event) => setText(event.target.value)}
			onBlur={commit}
			onKeyDown={(event) => {
				if (event.key === 'Enter') commit();
			}}
			slotProps={{ htmlInput: { inputMode: 'decimal', autoComplete: 'off' }, inputLabel: { shrink: true } }}
		/>
	);
}

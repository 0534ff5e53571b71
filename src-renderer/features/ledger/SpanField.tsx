import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useTranslation } from 'react-i18next';
import { dayOf, type SpanChoice, type SpanName, spanOf } from './spans.ts';

interface Props {
	value: SpanChoice;
	names: readonly SpanName[];
	onChange: (choice: SpanChoice) => void;
}

/** Chooses a stretch of time by its name, or by its first and last day. */
export function SpanField({ value, names, onChange }: Props) {
	const { t } = useTranslation('ledger');
	const isWrong = spanOf(value, Date.now()) === 'wrong';
	const choose = (name: SpanName) => onChange(name === 'custom' ? { name, ...daysShown(value) } : { ...value, name });
	return (
		<Box sx={{ display: 'flex', gap: 1 }}>
			<TextField
				select
				value={value.name}
				onChange={(event) => choose(names.find((name) => name === event.target.value) ?? value.name)}
				sx={{ width: 152 }}
				slotProps={{ select: { SelectDisplayProps: { 'aria-label': t('span.label') } } }}
			>
				{names.map((name) => (
					<MenuItem key={name} value={name}>
						{t(`span.${name}`)}
					</MenuItem>
				))}
			</TextField>
			{value.name === 'custom' && (
				<>
					<DayField label={t('span.first')} value={value.first} isWrong={isWrong} onChange={(first) => onChange({ ...value, first })} />
					<DayField label={t('span.last')} value={value.last} isWrong={isWrong} onChange={(last) => onChange({ ...value, last })} />
				</>
			)}
		</Box>
	);
}

/** The days of the span that was shown, so that choosing one's own begins where one was. */
function daysShown(choice: SpanChoice): Pick<SpanChoice, 'first' | 'last'> {
	const now = Date.now();
	const span = spanOf(choice, now);
	if (span === 'wrong') return { first: '', last: '' };
	const last = span.until === null ? now : Math.min(now, span.until - 1);
	return { first: span.from === null ? '' : dayOf(span.from), last: dayOf(last) };
}

function DayField({ label, value, isWrong, onChange }: { label: string; value: string; isWrong: boolean; onChange: (day: string) => void }) {
	const { t } = useTranslation('ledger');
	return (
		<TextField
			type="date"
			value={value}
			error={isWrong}
			title={isWrong ? t('span.wrong') : label}
			onChange={(event) => onChange(event.target.value)}
			sx={[{ width: 152 }, (theme) => theme.applyStyles('dark', { '& input': { colorScheme: 'dark' } })]}
			slotProps={{ htmlInput: { 'aria-label': label, max: '9999-12-31' } }}
		/>
	);
}

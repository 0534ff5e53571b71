import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type LogLevel, logLevels } from '#contract/monitor.ts';
import { useLog } from './logStore.ts';

/** What of the log is shown: by level, words, request and time. Words are looked for when Enter is pressed or the field is left. */
export function LogFilters() {
	const { t } = useTranslation('monitor');
	const { filter, search } = useLog();
	return (
		<Box component="form" role="search" onSubmit={(event: SubmitEvent) => event.preventDefault()} sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mb: 2 }}>
			<TextField
				select
				label={t('log.level')}
				value={filter.level}
				onChange={(event) => void search({ level: logLevels.find((level): level is LogLevel => level === event.target.value) ?? filter.level })}
				sx={{ width: 152 }}
			>
				{logLevels.map((level) => (
					<MenuItem key={level} value={level}>
						{t(`log.atLeast.${level}`)}
					</MenuItem>
				))}
			</TextField>
			<TypedField key={`text ${filter.text}`} label={t('log.text')} value={filter.text} most={200} widthPx={200} onChange={(text) => void search({ text })} />
			<TypedField
				key={`request ${filter.requestId}`}
				label={t('log.requestId')}
				value={filter.requestId}
				most={100}
				widthPx={240}
				onChange={(requestId) => void search({ requestId })}
			/>
			<TimeField label={t('log.from')} value={filter.from} onChange={(from) => void search({ from })} />
			<TimeField label={t('log.until')} value={filter.until} onChange={(until) => void search({ until })} />
		</Box>
	);
}

function TypedField({
	label,
	value,
	most,
	widthPx,
	onChange,
}: {
	label: string;
	value: string;
	most: number;
	widthPx: number;
	onChange: (text: string) => void;
}) {
	const [typed, setTyped] = useState(value);
	const keep = () => typed.trim() !== value && onChange(typed.trim());
	return (
		<TextField
			label={label}
			value={typed}
			onChange={(event) => setTyped(event.target.value)}
			onBlur={keep}
			onKeyDown={(event) => {
				if (event.key === 'Enter') keep();
				if (event.key === 'Escape') setTyped(value);
			}}
			sx={{ width: widthPx }}
			slotProps={{ htmlInput: { maxLength: most, spellCheck: false, autoComplete: 'off' } }}
		/>
	);
}

function TimeField({ label, value, onChange }: { label: string; value: number | null; onChange: (at: number | null) => void }) {
	return (
		<TextField
			type="datetime-local"
			label={label}
			value={value === null ? '' : localTime(value)}
			onChange={(event) => {
				const at = new Date(event.target.value).getTime();
				onChange(Number.isNaN(at) ? null : at);
			}}
			sx={[{ width: 200 }, (theme) => theme.applyStyles('dark', { '& input': { colorScheme: 'dark' } })]}
			slotProps={{ inputLabel: { shrink: true } }}
		/>
	);
}

/** As the field writes it: `2026-11-18T14:05`, in the reader's own time. */
function localTime(at: number): string {
	const date = new Date(at);
	return new Date(at - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

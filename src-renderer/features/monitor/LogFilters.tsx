import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type LogLevel, logLevels } from '#contract/monitor.ts';
import { useLog } from './logStore.ts';

/** So long nobody types before the log is searched. */
const quietMs = 300;

/** What of the log is shown: by level, words, request and time. Words are looked for when a moment passes without a key. */
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
			<TypedField field="text" most={200} widthPx={200} />
			<TypedField field="requestId" most={100} widthPx={240} />
			<TimeField label={t('log.from')} value={filter.from} onChange={(from) => void search({ from })} />
			<TimeField label={t('log.until')} value={filter.until} onChange={(until) => void search({ until })} />
		</Box>
	);
}

function TypedField({ field, most, widthPx }: { field: 'text' | 'requestId'; most: number; widthPx: number }) {
	const { t } = useTranslation('monitor');
	const { filter, search } = useLog();
	const value = filter[field];
	const [typed, setTyped] = useState(value);
	const asked = useRef(value);
	// Another part of the page may ask for something else.
	useEffect(() => {
		if (value !== asked.current) setTyped(value);
		asked.current = value;
	}, [value]);
	useEffect(() => {
		const text = typed.trim();
		if (text === asked.current) return;
		const timer = setTimeout(() => {
			asked.current = text;
			void search({ [field]: text });
		}, quietMs);
		return () => clearTimeout(timer);
	}, [typed, field, search]);
	return (
		<TextField
			label={t(`log.${field}`)}
			value={typed}
			onChange={(event) => setTyped(event.target.value)}
			onKeyDown={(event) => event.key === 'Escape' && setTyped('')}
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

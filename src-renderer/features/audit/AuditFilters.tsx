import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person } from '#contract/accounts.ts';
import { client } from '../../rpc/client.ts';
import { notifyError } from '../../ui/notify.ts';
import { actKinds } from './actWord.ts';
import { useAudit } from './auditStore.ts';
import { type DaySpan, spanOfDays } from './spanOfDays.ts';

/** What of the log is shown: by person, by kind of act, and by days. */
export function AuditFilters() {
	const { t, i18n } = useTranslation('audit');
	const { filter, show } = useAudit();
	const [people, setPeople] = useState<Person[]>([]);
	const [days, setDays] = useState<DaySpan>({ first: '', last: '' });
	useEffect(() => {
		client.accounts.people().then(setPeople, notifyError);
	}, []);
	const { compare } = new Intl.Collator(i18n.language, { numeric: true });
	const changeDays = (changed: Partial<DaySpan>) => {
		const next = { ...days, ...changed };
		setDays(next);
		const span = spanOfDays(next);
		if (span !== null) void show(span);
	};
	return (
		<Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mb: 1 }}>
			<Choice
				label={t('filter.person')}
				all={t('filter.everybody')}
				value={filter.accountId}
				options={people.toSorted((a, b) => compare(a.name, b.name)).map(({ id, name }) => [id, name])}
				onChange={(accountId) => void show({ accountId })}
			/>
			<Choice
				label={t('filter.kind')}
				all={t('filter.everything')}
				value={filter.act}
				options={actKinds.map((kind) => [kind, t(`kind.${kind}`)])}
				onChange={(act) => void show({ act })}
			/>
			<DayField label={t('filter.first')} value={days.first} isWrong={spanOfDays(days) === null} onChange={(first) => changeDays({ first })} />
			<DayField label={t('filter.last')} value={days.last} isWrong={spanOfDays(days) === null} onChange={(last) => changeDays({ last })} />
		</Box>
	);
}

interface ChoiceProps {
	label: string;
	/** What stands for no choice. */
	all: string;
	value: string | null;
	options: readonly (readonly [value: string, label: string])[];
	onChange: (value: string | null) => void;
}

function Choice({ label, all, value, options, onChange }: ChoiceProps) {
	return (
		<TextField
			select
			value={value !== null && options.some(([known]) => known === value) ? value : ''}
			onChange={(event) => onChange(event.target.value || null)}
			sx={{ width: 200 }}
			slotProps={{ select: { displayEmpty: true, SelectDisplayProps: { 'aria-label': label } } }}
		>
			<MenuItem value="">{all}</MenuItem>
			{options.map(([known, name]) => (
				<MenuItem key={known} value={known}>
					{name}
				</MenuItem>
			))}
		</TextField>
	);
}

function DayField({ label, value, isWrong, onChange }: { label: string; value: string; isWrong: boolean; onChange: (day: string) => void }) {
	const { t } = useTranslation('audit');
	return (
		<TextField
			type="date"
			label={label}
			value={value}
			error={isWrong}
			title={isWrong ? t('filter.wrong') : undefined}
			onChange={(event) => onChange(event.target.value)}
			sx={[{ width: 168 }, (theme) => theme.applyStyles('dark', { '& input': { colorScheme: 'dark' } })]}
			slotProps={{ inputLabel: { shrink: true }, htmlInput: { max: '9999-12-31' } }}
		/>
	);
}

import SearchIcon from '@mui/icons-material/Search';
import Box from '@mui/material/Box';
import InputAdornment from '@mui/material/InputAdornment';
import Paper from '@mui/material/Paper';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person } from '#contract/accounts.ts';
import type { Balance } from '#contract/ledger.ts';
import { useOffsetIn } from '../../ui/useOffsetIn.ts';
import { arrangePeople } from './arrangePeople.ts';
import type { PersonAct } from './PersonDialog.tsx';
import { PersonRow } from './PersonRow.tsx';
import { peopleColumns, personRowPx } from './peopleColumns.ts';

interface Props {
	people: readonly Person[];
	/** By account. */
	balances: ReadonlyMap<string, Balance>;
	/** What the table scrolls in. */
	scroller: RefObject<HTMLDivElement | null>;
	onAct: (act: PersonAct | 'meter', person: Person) => void;
}

/** Everybody who has an account, by name. Only the rows in view are drawn. */
export function PeopleTable({ people, balances, scroller, onAct }: Props) {
	const { t, i18n } = useTranslation('accounts');
	const [text, setText] = useState('');
	const list = useRef<HTMLDivElement>(null);
	const shown = useMemo(() => arrangePeople(people, text, i18n.language), [people, text, i18n.language]);
	const scrollMargin = useOffsetIn(scroller, list);
	const rows = useVirtualizer({
		count: shown.length,
		getScrollElement: () => scroller.current,
		estimateSize: () => personRowPx,
		overscan: 10,
		scrollMargin,
		getItemKey: (index) => shown[index]?.id ?? index,
	});
	return (
		<>
			<Box sx={{ display: 'flex', alignItems: 'center', gap: 1, minHeight: 40, mb: 1 }}>
				<SearchField text={text} onChange={setText} />
				<Typography variant="caption" role="status" sx={{ ml: 'auto', color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
					{t('people.count', { count: shown.length })}
				</Typography>
			</Box>
			<Paper variant="outlined" role="table" aria-label={t('people.title')} aria-rowcount={shown.length + 1} sx={{ containerType: 'inline-size' }}>
				<Head />
				<Box ref={list} role="rowgroup" sx={{ position: 'relative', height: rows.getTotalSize() }}>
					{rows.getVirtualItems().map((row) => {
						const person = shown[row.index];
						return (
							person && (
								<PersonRow
									key={person.id}
									person={person}
									balance={balances.get(person.id) ?? null}
									index={row.index}
									topPx={row.start - scrollMargin}
									onAct={(act) => onAct(act, person)}
								/>
							)
						);
					})}
				</Box>
				{shown.length === 0 && <Typography sx={{ p: 2, color: 'text.secondary' }}>{t('people.nobody')}</Typography>}
			</Paper>
		</>
	);
}

function SearchField({ text, onChange }: { text: string; onChange: (text: string) => void }) {
	const { t } = useTranslation('accounts');
	return (
		<TextField
			placeholder={t('people.search')}
			value={text}
			onChange={(event) => onChange(event.target.value)}
			sx={{ width: 280, flex: '0 1 auto' }}
			slotProps={{
				htmlInput: { 'aria-label': t('people.search'), type: 'search' },
				input: {
					startAdornment: (
						<InputAdornment position="start">
							<SearchIcon sx={{ fontSize: 18 }} />
						</InputAdornment>
					),
				},
			}}
		/>
	);
}

function Head() {
	const { t } = useTranslation('accounts');
	const head = (name: string, label: string, isNumber = false) => (
		<Box role="columnheader" className={name} sx={{ textAlign: isNumber ? 'end' : 'start', whiteSpace: 'nowrap' }}>
			{label}
		</Box>
	);
	return (
		<Box
			role="row"
			aria-rowindex={1}
			sx={{
				...peopleColumns,
				position: 'sticky',
				top: 0,
				zIndex: 1,
				height: 34,
				bgcolor: 'background.paper',
				borderBottom: 1,
				borderColor: 'divider',
				borderRadius: '6px 6px 0 0',
				color: 'text.secondary',
				typography: 'caption',
			}}
		>
			{head('name', t('name'))}
			{head('role', t('people.role'))}
			{head('state', t('people.state'))}
			{head('seen', t('people.seen'))}
			{head('models', t('people.models'))}
			{head('left', t('people.left'), true)}
			{head('used', t('people.used'), true)}
			{head('allowance', t('people.allowance'))}
			<Box role="columnheader" aria-label={t('people.acts')} />
		</Box>
	);
}

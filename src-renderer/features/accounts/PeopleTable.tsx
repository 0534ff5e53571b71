import SearchIcon from '@mui/icons-material/Search';
import Box from '@mui/material/Box';
import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { type RefObject, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person } from '#contract/accounts.ts';
import type { Balance } from '#contract/ledger.ts';
import { VirtualTable } from '../../ui/VirtualTable.tsx';
import { arrangePeople } from './arrangePeople.ts';
import { PersonCells } from './PersonCells.tsx';
import type { PersonAct } from './PersonDialog.tsx';
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
	const shown = useMemo(() => arrangePeople(people, text, i18n.language), [people, text, i18n.language]);
	return (
		<>
			<Box sx={{ display: 'flex', alignItems: 'center', gap: 1, minHeight: 40, mb: 1 }}>
				<SearchField text={text} onChange={setText} />
				<Typography variant="caption" role="status" sx={{ ml: 'auto', color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
					{t('people.count', { count: shown.length })}
				</Typography>
			</Box>
			<VirtualTable
				items={shown}
				rowPx={personRowPx}
				columns={peopleColumns}
				scroller={scroller}
				label={t('people.title')}
				head={<Head />}
				row={(person) => <PersonCells person={person} balance={balances.get(person.id) ?? null} onAct={(act) => onAct(act, person)} />}
				nothing={t('people.nobody')}
			/>
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
		<>
			{head('name', t('name'))}
			{head('role', t('people.role'))}
			{head('state', t('people.state'))}
			{head('seen', t('people.seen'))}
			{head('models', t('people.models'))}
			{head('left', t('people.left'), true)}
			{head('used', t('people.used'), true)}
			{head('allowance', t('people.allowance'))}
			<Box role="cell" />
		</>
	);
}

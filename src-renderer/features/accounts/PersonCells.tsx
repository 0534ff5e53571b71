import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person } from '#contract/accounts.ts';
import type { Balance } from '#contract/ledger.ts';
import { useMe } from '../../rpc/useMe.ts';
import { useFormat } from '../../ui/format.ts';
import { MoreMenu } from '../../ui/MoreMenu.tsx';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { type PersonState, personState } from './arrangePeople.ts';
import type { PersonAct } from './PersonDialog.tsx';

const tones = { active: 'good', waiting: 'busy', codeOver: 'warn', disabled: 'quiet', leaving: 'quiet' } as const satisfies Record<PersonState, string>;

interface Props {
	person: Person;
	balance: Balance | null;
	onAct: (act: PersonAct | 'meter') => void;
}

/** The cells of one person: the role and how it stands, what is used and left; what can be done is in the menu. */
export function PersonCells({ person, balance, onAct }: Props) {
	const { t } = useTranslation('accounts');
	const format = useFormat();
	const isMe = useMe(({ me }) => me?.id === person.id);
	const state = personState(person, Date.now());
	const allowance = balance?.allowance;
	return (
		<>
			<Typography role="rowheader" className="name" noWrap dir="auto" title={person.name} sx={{ fontWeight: 600 }}>
				{person.name || t('people.unnamed')}
				{isMe && (
					<Typography component="span" sx={{ color: 'text.secondary' }}>
						{` ${t('people.you')}`}
					</Typography>
				)}
			</Typography>
			<Cell name="role">{t(`role.${person.role}`)}</Cell>
			<Box role="cell" className="state">
				<StateLabel tone={tones[state]} label={t(`people.is.${state}`)} />
			</Box>
			<Cell name="seen">{person.lastSeenAt === null ? t('people.never') : format.moment(person.lastSeenAt)}</Cell>
			<Cell name="models">
				{person.modelIds === null || person.role === 'admin' ? t('people.allModels') : t('people.someModels', { count: person.modelIds.length })}
			</Cell>
			<Cell name="left" isNumber>
				{balance === null ? '–' : balance.isMetered ? format.number(balance.available) : t('people.unmetered')}
			</Cell>
			<Cell name="used" isNumber>
				{balance === null ? '–' : format.number(balance.usedThisMonth)}
			</Cell>
			<Cell name="allowance">{balance?.isMetered && allowance ? t(`people.per.${allowance.period}`, { tokens: format.number(allowance.tokens) }) : '–'}</Cell>
			<Box role="cell">
				<PersonMenu person={person} isMe={isMe} onAct={onAct} />
			</Box>
		</>
	);
}

function Cell({ name, isNumber = false, children }: { name: string; isNumber?: boolean; children: ReactNode }) {
	return (
		<Typography
			role="cell"
			className={name}
			noWrap
			sx={{ textAlign: isNumber ? 'end' : 'start', '&::first-letter': { textTransform: name === 'seen' ? 'uppercase' : 'none' } }}
		>
			{children}
		</Typography>
	);
}

function PersonMenu({ person, isMe, onAct }: { person: Person; isMe: boolean; onAct: Props['onAct'] }) {
	const { t } = useTranslation('accounts');
	const canStay = !isMe && !person.isBeingRemoved;
	const entry = (act: PersonAct | 'meter', label: string) => ({ label, onChoose: () => onAct(act) });
	return (
		<MoreMenu
			label={t('people.menu', { name: person.name })}
			entries={[
				entry('edit', t('people.edit')),
				person.role !== 'admin' && entry('models', t('people.chooseModels')),
				entry('meter', t('people.meter')),
				{ label: t('people.statement'), to: `/admin/statement/${person.id}` },
				'line',
				entry('sessions', t('people.sessions')),
				canStay && entry('reset', person.hasPassword ? t('people.reset') : t('people.newCode')),
				canStay && (person.isDisabled ? entry('enable', t('people.enable')) : entry('disable', t('people.disable'))),
				!isMe && 'line',
				!isMe && entry('remove', t('people.remove')),
			]}
		/>
	);
}

import Button from '@mui/material/Button';
import { type ComponentType, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person } from '#contract/accounts.ts';
import type { Balance } from '#contract/ledger.ts';
import { useMe } from '../../rpc/useMe.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Page } from '../../ui/Page.tsx';
import { AddPersonDialog } from './AddPersonDialog.tsx';
import { CodeDialog, type GivenCode } from './CodeDialog.tsx';
import { PasswordDialog } from './PasswordDialog.tsx';
import { PeopleTable } from './PeopleTable.tsx';
import { type PersonAct, PersonDialog } from './PersonDialog.tsx';
import { usePeople } from './peopleStore.ts';

/** What shows and changes what a person may use; the ledger gives it, through the app. */
export type MeterDialog = ComponentType<{ account: Pick<Person, 'id' | 'name'>; onChanged: (balance: Balance) => void; onClose: () => void }>;

/** The people of this machine: who they are, what they may do and use, and the way to add one. */
export function PeopleScreen({ MeterDialog }: { MeterDialog: MeterDialog }) {
	const { t } = useTranslation('accounts');
	const { t: ui } = useTranslation('ui');
	const { people, balances, error, load } = usePeople();
	const me = useMe((state) => state.me);
	const [isAdding, setAdding] = useState(false);
	const [asked, setAsked] = useState<{ act: PersonAct | 'meter'; person: Person } | null>(null);
	const [given, setGiven] = useState<GivenCode | null>(null);
	const scroller = useRef<HTMLDivElement>(null);
	useEffect(() => {
		const read = () => void load();
		read();
		window.addEventListener('focus', read);
		return () => window.removeEventListener('focus', read);
	}, [load]);
	const close = () => setAsked(null);
	return (
		<Page
			title={t('people.title')}
			scroller={scroller}
			action={
				<Button variant="contained" onClick={() => setAdding(true)}>
					{t('people.add')}
				</Button>
			}
		>
			<ErrorNotice error={error} action={{ label: ui('again'), onClick: () => void load() }} sx={{ mb: 2 }} />
			{people && <PeopleTable people={people} balances={balances} scroller={scroller} onAct={(act, person) => setAsked({ act, person })} />}
			{/* From the second account on everybody signs in, so the first one needs a password before. */}
			{isAdding && me !== null && !me.hasPassword && (
				<PasswordDialog me={me} text={t('people.passwordFirst')} onClose={() => setAdding(false)} onDone={() => {}} />
			)}
			{isAdding && me?.hasPassword && (
				<AddPersonDialog
					onAdded={(code) => {
						setAdding(false);
						setGiven(code);
						void load();
					}}
					onClose={() => setAdding(false)}
				/>
			)}
			{asked?.act === 'meter' && <MeterDialog account={asked.person} onChanged={() => void load()} onClose={close} />}
			{asked && asked.act !== 'meter' && <PersonDialog act={asked.act} person={asked.person} onCode={setGiven} onClose={close} />}
			{given && <CodeDialog given={given} onClose={() => setGiven(null)} />}
		</Page>
	);
}

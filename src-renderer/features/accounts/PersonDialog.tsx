import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person } from '#contract/accounts.ts';
import { client } from '../../rpc/client.ts';
import type { GivenCode } from './CodeDialog.tsx';
import { EditPersonDialog } from './EditPersonDialog.tsx';
import { FormDialog } from './FormDialog.tsx';
import { ModelsDialog } from './ModelsDialog.tsx';
import { usePeople } from './peopleStore.ts';
import { SessionsDialog } from './SessionsDialog.tsx';
import { useAttempt } from './useAttempt.ts';

/** What can be done with a person, apart from what the ledger keeps. */
export type PersonAct = 'edit' | 'models' | 'sessions' | Deed;
type Deed = 'reset' | 'disable' | 'enable' | 'remove';

interface Props {
	act: PersonAct;
	person: Person;
	/** A code was made. */
	onCode: (code: GivenCode) => void;
	onClose: () => void;
}

/** The dialog for what is to be done with a person. */
export function PersonDialog({ act, ...props }: Props) {
	switch (act) {
		case 'edit':
			return <EditPersonDialog {...props} />;
		case 'models':
			return <ModelsDialog {...props} />;
		case 'sessions':
			return <SessionsDialog {...props} />;
		default:
			return <DeedDialog deed={act} {...props} />;
	}
}

/** Asks before something is done that a person will notice. */
function DeedDialog({ deed, person, onCode, onClose }: Omit<Props, 'act'> & { deed: Deed }) {
	const { t } = useTranslation('accounts');
	const { change, load } = usePeople();
	const attempt = useAttempt();
	const [typed, setTyped] = useState('');
	const isSure = deed !== 'remove' || typed.trim() === person.name;
	const carryOut = async () => {
		if (deed === 'reset') onCode({ name: person.name, ...(await client.accounts.resetPassword({ accountId: person.id })) });
		else if (deed === 'remove') await client.accounts.remove({ accountId: person.id });
		else await change(person.id, { isDisabled: deed === 'disable' });
		onClose();
		await load();
	};
	const words = deed === 'reset' && !person.hasPassword ? 'newCode' : deed;
	return (
		<FormDialog
			title={t(`ask.${words}.title`, { name: person.name })}
			submitLabel={t(`ask.${words}.act`)}
			isReady={isSure}
			isDestructive={deed === 'remove'}
			attempt={attempt}
			onSubmit={() => void attempt.attempt(carryOut)}
			onClose={onClose}
		>
			<Typography>{t(`ask.${words}.text`, { name: person.name })}</Typography>
			{deed === 'remove' && (
				<TextField
					fullWidth
					autoFocus
					label={t('ask.remove.typeName', { name: person.name })}
					value={typed}
					onChange={(event) => setTyped(event.target.value)}
					slotProps={{ htmlInput: { autoComplete: 'off', spellCheck: false, dir: 'auto' } }}
				/>
			)}
		</FormDialog>
	);
}

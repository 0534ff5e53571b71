import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role } from '#contract/accounts.ts';
import { client } from '../../rpc/client.ts';
import type { GivenCode } from './CodeDialog.tsx';
import { FormDialog } from './FormDialog.tsx';
import { RoleField } from './RoleField.tsx';
import { useAttempt } from './useAttempt.ts';

/** Adds a person by name and role; `onAdded` gets the code with which that person chooses a password. */
export function AddPersonDialog({ onAdded, onClose }: { onAdded: (code: GivenCode) => void; onClose: () => void }) {
	const { t } = useTranslation('accounts');
	const [name, setName] = useState('');
	const [role, setRole] = useState<Role>('user');
	const add = useAttempt({ NAME_TAKEN: 'name' });
	return (
		<FormDialog
			title={t('people.addTitle')}
			submitLabel={t('people.add')}
			isReady={name.trim() !== ''}
			attempt={add}
			onSubmit={() =>
				void add.attempt(async () => {
					const { person, code, expiresAt } = await client.accounts.create({ name: name.trim(), role });
					onAdded({ name: person.name, code, expiresAt });
				})
			}
			onClose={onClose}
		>
			<TextField
				fullWidth
				autoFocus
				label={t('name')}
				value={name}
				error={add.at('name') !== null}
				helperText={add.at('name') ?? t('people.nameHelp')}
				onChange={(event) => setName(event.target.value)}
				slotProps={{ htmlInput: { autoComplete: 'off', spellCheck: false, dir: 'auto', maxLength: 80 } }}
			/>
			<RoleField value={role} onChange={setRole} />
		</FormDialog>
	);
}

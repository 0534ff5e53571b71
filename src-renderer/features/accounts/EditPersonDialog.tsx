import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person } from '#contract/accounts.ts';
import { loadMe, useMe } from '../../rpc/useMe.ts';
import { FormDialog } from './FormDialog.tsx';
import { usePeople } from './peopleStore.ts';
import { RoleField } from './RoleField.tsx';
import { useAttempt } from './useAttempt.ts';

/** Gives a person another name or role. */
export function EditPersonDialog({ person, onClose }: { person: Person; onClose: () => void }) {
	const { t } = useTranslation('accounts');
	const change = usePeople((state) => state.change);
	const isMe = useMe(({ me }) => me?.id === person.id);
	const [name, setName] = useState(person.name);
	const [role, setRole] = useState(person.role);
	const edit = useAttempt({ NAME_TAKEN: 'name' });
	return (
		<FormDialog
			title={t('people.editTitle', { name: person.name })}
			submitLabel={t('people.save')}
			isReady={name.trim() !== ''}
			attempt={edit}
			onSubmit={() =>
				void edit.attempt(async () => {
					await change(person.id, { ...(name.trim() === person.name ? {} : { name: name.trim() }), ...(role === person.role ? {} : { role }) });
					if (isMe) void loadMe();
					onClose();
				})
			}
			onClose={onClose}
		>
			<TextField
				fullWidth
				autoFocus
				label={t('name')}
				value={name}
				error={edit.at('name') !== null}
				helperText={edit.at('name')}
				onChange={(event) => setName(event.target.value)}
				slotProps={{ htmlInput: { autoComplete: 'off', spellCheck: false, dir: 'auto', maxLength: 80 } }}
			/>
			<RoleField value={role} onChange={setRole} />
			{role !== person.role && <Typography sx={{ color: 'text.secondary' }}>{isMe ? t('people.ownRoleEnds') : t('people.roleEnds')}</Typography>}
		</FormDialog>
	);
}

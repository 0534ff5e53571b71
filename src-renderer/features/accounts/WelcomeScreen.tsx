import TextField from '@mui/material/TextField';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OwnAccount } from '#contract/accounts.ts';
import { client } from '../../rpc/client.ts';
import { useMe } from '../../rpc/useMe.ts';
import { DoorForm } from './DoorForm.tsx';
import { PasswordField } from './PasswordField.tsx';
import { useAttempt } from './useAttempt.ts';

/** The first thing that the machine's owner sees in the desktop window: what to be called, and a password if wanted. */
export function WelcomeScreen({ me }: { me: OwnAccount }) {
	const { t } = useTranslation('accounts');
	const [name, setName] = useState(me.name);
	const [password, setPassword] = useState('');
	const begin = useAttempt({ NAME_TAKEN: 'name', PASSWORD_UNFIT: 'password' });
	const field = useRef<HTMLInputElement>(null);
	const isProtected = useRef(me.hasPassword);
	useEffect(() => field.current?.focus(), []);
	return (
		<DoorForm
			title={t('welcome.title')}
			text={t('welcome.text')}
			submitLabel={password === '' ? t('welcome.without') : t('welcome.act')}
			isReady={name.trim() !== ''}
			attempt={begin}
			onSubmit={() =>
				void begin.attempt(async () => {
					// The password first: it can be refused, and a name alone would end the welcome.
					if (password !== '' && !isProtected.current) await client.accounts.changePassword({ current: null, next: password });
					isProtected.current = password !== '';
					useMe.setState({ me: await client.accounts.rename({ name: name.trim() }) });
				})
			}
		>
			<TextField
				fullWidth
				label={t('name')}
				value={name}
				inputRef={field}
				error={begin.at('name') !== null}
				helperText={begin.at('name')}
				onChange={(event) => setName(event.target.value)}
				slotProps={{ htmlInput: { autoComplete: 'username', spellCheck: false, dir: 'auto', maxLength: 80 } }}
			/>
			<PasswordField
				label={t('welcome.password')}
				value={password}
				onChange={setPassword}
				autoComplete="new-password"
				error={begin.at('password')}
				help={t('welcome.passwordHelp')}
			/>
		</DoorForm>
	);
}

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { door } from '../../rpc/door.ts';
import { reloadPage } from '../../rpc/reloadPage.ts';
import { DoorForm } from './DoorForm.tsx';
import { comeIn, readLastName } from './lastName.ts';
import { PasswordField } from './PasswordField.tsx';
import { useAttempt } from './useAttempt.ts';

/** Asks for a name and a password. `wasHere`: the session ended while somebody worked, so it is said why this is asked. */
export function SignInScreen({ wasHere }: { wasHere: boolean }) {
	const { t } = useTranslation('accounts');
	const [name, setName] = useState(readLastName);
	const [password, setPassword] = useState('');
	const signIn = useAttempt({ SIGN_IN_REFUSED: 'password' });
	const nameField = useRef<HTMLInputElement>(null);
	const passwordField = useRef<HTMLInputElement>(null);
	useEffect(() => (readLastName() === '' ? nameField : passwordField).current?.focus(), []);
	useEffect(() => followOtherTabs(), []);

	const submit = () =>
		void signIn.attempt(async () => {
			try {
				await door.signIn({ name: name.trim(), password });
			} catch (error) {
				// Where the mistake most likely is.
				passwordField.current?.select();
				throw error;
			}
			comeIn(name.trim());
		});
	return (
		<DoorForm
			title={t('signIn.title')}
			text={wasHere ? t('signIn.ended') : undefined}
			submitLabel={t('signIn.act')}
			isReady={name.trim() !== '' && password !== ''}
			attempt={signIn}
			onSubmit={submit}
			below={
				<Box sx={{ borderTop: 1, borderColor: 'divider', pt: 2 }}>
					<Button component={Link} to="/setup" variant="outlined" color="inherit" fullWidth>
						{t('signIn.haveCode')}
					</Button>
					<Typography variant="caption" component="p" sx={{ color: 'text.secondary', mt: 1 }}>
						{t('signIn.help')}
					</Typography>
				</Box>
			}
		>
			<TextField
				fullWidth
				label={t('name')}
				value={name}
				inputRef={nameField}
				onChange={(event) => setName(event.target.value)}
				slotProps={{ htmlInput: { autoComplete: 'username', autoCapitalize: 'none', spellCheck: false, dir: 'auto', maxLength: 200 } }}
			/>
			<PasswordField
				label={t('password.label')}
				value={password}
				onChange={setPassword}
				autoComplete="current-password"
				error={signIn.at('password')}
				inputRef={passwordField}
			/>
		</DoorForm>
	);
}

/** Lets the page in once its browser was signed in by another tab, when the reader comes back to it. Returns how to stop that. */
function followOtherTabs(): () => void {
	const look = () => {
		door.state().then(
			({ isSignedIn }) => isSignedIn && reloadPage(),
			// The app is away; the reader finds out by signing in.
			() => {},
		);
	};
	window.addEventListener('focus', look);
	return () => window.removeEventListener('focus', look);
}

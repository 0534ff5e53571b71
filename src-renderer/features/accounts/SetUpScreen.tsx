import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { door } from '../../rpc/door.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { DoorForm } from './DoorForm.tsx';
import { comeIn } from './lastName.ts';
import { PasswordField } from './PasswordField.tsx';
import { useAttempt } from './useAttempt.ts';

/** Somebody with a setup code: whose it is, then a password of one's own. `given` is the code of the address, if it holds one. */
export function SetUpScreen({ given }: { given: string | null }) {
	const [found, setFound] = useState<{ code: string; name: string } | null>(null);
	const [error, setError] = useState<unknown>(null);
	useEffect(() => {
		if (given === null) return;
		let isCurrent = true;
		door.nameOfCode(given).then(
			(name) => isCurrent && setFound({ code: given, name }),
			(thrown: unknown) => isCurrent && setError(thrown),
		);
		return () => {
			isCurrent = false;
		};
	}, [given]);
	if (found) return <ChoosePassword code={found.code} givenName={found.name} />;
	if (given !== null && error === null) return null;
	return <GiveCode first={given ?? ''} firstError={error} onFound={setFound} />;
}

interface GiveProps {
	first: string;
	/** Why the code of the address is no good. */
	firstError: unknown;
	onFound: (found: { code: string; name: string }) => void;
}

/** Asks for the code. */
function GiveCode({ first, firstError, onFound }: GiveProps) {
	const { t } = useTranslation('accounts');
	const [code, setCode] = useState(first);
	const [isFirst, setFirst] = useState(firstError !== null);
	const look = useAttempt({ SIGN_IN_REFUSED: 'code' });
	const isRefused = look.at('code') !== null || (isFirst && isRefusal(firstError));
	const field = useRef<HTMLInputElement>(null);
	useEffect(() => field.current?.focus(), []);
	return (
		<DoorForm
			title={t('setUp.codeTitle')}
			text={t('setUp.codeText')}
			submitLabel={t('setUp.next')}
			isReady={code.trim() !== ''}
			attempt={look}
			onSubmit={() => {
				setFirst(false);
				void look.attempt(async () => onFound({ code: code.trim(), name: await door.nameOfCode(code.trim()) }));
			}}
			below={<BackToSignIn />}
		>
			<TextField
				fullWidth
				label={t('setUp.code')}
				value={code}
				inputRef={field}
				error={isRefused}
				helperText={isRefused ? t('setUp.codeRefused') : null}
				onChange={(event) => setCode(event.target.value)}
				slotProps={{
					htmlInput: { autoComplete: 'one-time-code', autoCapitalize: 'none', spellCheck: false, dir: 'ltr', maxLength: 100 },
					formHelperText: { role: 'status' },
				}}
			/>
			{isFirst && !isRefusal(firstError) && <ErrorNotice error={firstError} />}
		</DoorForm>
	);
}

/** Asks for the name and a password. A name is given to the first owner only here. */
function ChoosePassword({ code, givenName }: { code: string; givenName: string }) {
	const { t } = useTranslation('accounts');
	const isOwner = givenName === '';
	const [name, setName] = useState(givenName);
	const [password, setPassword] = useState('');
	const setUp = useAttempt({ NAME_TAKEN: 'name', PASSWORD_UNFIT: 'password', SIGN_IN_REFUSED: 'code' });
	const nameField = useRef<HTMLInputElement>(null);
	const passwordField = useRef<HTMLInputElement>(null);
	useEffect(() => (isOwner ? nameField : passwordField).current?.focus(), [isOwner]);
	const chosen = name.trim();
	return (
		<DoorForm
			title={isOwner ? t('setUp.ownerTitle') : t('setUp.title', { name: givenName })}
			text={isOwner ? t('setUp.ownerText') : t('setUp.text')}
			submitLabel={isOwner ? t('setUp.ownerAct') : t('setUp.act')}
			isReady={chosen !== '' && password !== ''}
			attempt={{ ...setUp, error: setUp.at('code') === null ? setUp.error : { code: 'SETUP_CODE_OVER', data: {} } }}
			onSubmit={() =>
				void setUp.attempt(async () => {
					await door.setUp({ code, name: chosen === givenName ? null : chosen, password });
					history.replaceState(null, '', '#/');
					comeIn(chosen);
				})
			}
			below={isOwner ? null : <BackToSignIn />}
		>
			<TextField
				fullWidth
				label={t('name')}
				value={name}
				inputRef={nameField}
				error={setUp.at('name') !== null}
				helperText={setUp.at('name') ?? t('setUp.nameHelp')}
				onChange={(event) => setName(event.target.value)}
				slotProps={{ htmlInput: { autoComplete: 'username', autoCapitalize: 'none', spellCheck: false, dir: 'auto', maxLength: 80 } }}
			/>
			<PasswordField
				label={t('password.new')}
				value={password}
				onChange={setPassword}
				autoComplete="new-password"
				error={setUp.at('password')}
				inputRef={passwordField}
			/>
		</DoorForm>
	);
}

function BackToSignIn() {
	const { t } = useTranslation('accounts');
	return (
		<Button component={Link} to="/" color="inherit">
			{t('setUp.back')}
		</Button>
	);
}

function isRefusal(error: unknown): boolean {
	return typeof error === 'object' && error !== null && 'code' in error && error.code === 'SIGN_IN_REFUSED';
}

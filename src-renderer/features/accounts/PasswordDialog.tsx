import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OwnAccount } from '#contract/accounts.ts';
import { client } from '../../rpc/client.ts';
import { useMe } from '../../rpc/useMe.ts';
import { notify } from '../../ui/notify.ts';
import { FormDialog } from './FormDialog.tsx';
import { PasswordField } from './PasswordField.tsx';
import { useAttempt } from './useAttempt.ts';

interface Props {
	me: OwnAccount;
	/** Why it is asked for, where that is not plain. */
	text?: string;
	/** Called instead of `onClose` once it is set. */
	onDone?: () => void;
	onClose: () => void;
}

/** Sets one's first password, or another one for who knows the present. */
export function PasswordDialog({ me, text, onDone, onClose }: Props) {
	const { t } = useTranslation('accounts');
	const [current, setCurrent] = useState('');
	const [next, setNext] = useState('');
	const change = useAttempt({ PASSWORD_WRONG: 'current', PASSWORD_UNFIT: 'next' });
	return (
		<FormDialog
			title={me.hasPassword ? t('own.changePassword') : t('own.setPassword')}
			submitLabel={me.hasPassword ? t('own.changePassword') : t('own.setPassword')}
			isReady={next !== '' && (current !== '' || !me.hasPassword)}
			attempt={change}
			onSubmit={() =>
				void change.attempt(async () => {
					useMe.setState({ me: await client.accounts.changePassword({ current: me.hasPassword ? current : null, next }) });
					notify(t('own.passwordChanged'));
					(onDone ?? onClose)();
				})
			}
			onClose={onClose}
		>
			<Typography sx={{ color: 'text.secondary' }}>{text ?? (me.hasPassword ? t('own.changeText') : t('own.setText'))}</Typography>
			{/* A password manager keeps the password under this name. */}
			<input type="text" autoComplete="username" value={me.name} readOnly hidden />
			{me.hasPassword && (
				<PasswordField
					label={t('password.current')}
					value={current}
					onChange={setCurrent}
					autoComplete="current-password"
					error={change.at('current')}
					hasFocus
				/>
			)}
			<PasswordField
				label={t('password.new')}
				value={next}
				onChange={setNext}
				autoComplete="new-password"
				error={change.at('next')}
				hasFocus={!me.hasPassword}
			/>
		</FormDialog>
	);
}

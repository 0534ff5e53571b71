import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OwnAccount } from '#contract/accounts.ts';
import { SectionRow } from '../../ui/Section.tsx';
import { PasswordDialog } from './PasswordDialog.tsx';

/** Whether one has a password, and the way to another one. */
export function PasswordRow({ me }: { me: OwnAccount }) {
	const { t } = useTranslation('accounts');
	const [isAsking, setAsking] = useState(false);
	return (
		<SectionRow label={t('password.label')} help={me.hasPassword ? t('own.passwordHelp') : t('own.noPasswordHelp')}>
			{() => (
				<>
					<Button variant="outlined" color="inherit" size="small" onClick={() => setAsking(true)}>
						{me.hasPassword ? t('own.changePassword') : t('own.setPassword')}
					</Button>
					{isAsking && <PasswordDialog me={me} onClose={() => setAsking(false)} />}
				</>
			)}
		</SectionRow>
	);
}

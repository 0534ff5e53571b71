import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OwnAccount } from '#contract/accounts.ts';
import { client } from '../../rpc/client.ts';
import { notifyError } from '../../ui/notify.ts';
import { Section, SectionRow } from '../../ui/Section.tsx';
import { saveFile } from '../../ui/saveFile.ts';
import { FormDialog } from './FormDialog.tsx';
import { goOut } from './lastName.ts';
import { PasswordField } from './PasswordField.tsx';
import { useAttempt } from './useAttempt.ts';

/** All that is one's own: to take along, or to delete with the account. */
export function OwnData({ me }: { me: OwnAccount }) {
	const { t } = useTranslation('accounts');
	const [isBusy, setBusy] = useState(false);
	const [isPacking, setPacking] = useState(false);
	const [isDeleting, setDeleting] = useState(false);
	const take = () => {
		setBusy(true);
		takeAlong()
			.catch(notifyError)
			.finally(() => setBusy(false));
	};
	const pack = () => {
		setPacking(true);
		takeFiles()
			.catch(notifyError)
			.finally(() => setPacking(false));
	};
	return (
		<Section title={t('data.title')}>
			<SectionRow label={t('data.export')} help={t('data.exportHelp')}>
				{() => (
					<Button variant="outlined" color="inherit" size="small" loading={isBusy} onClick={take}>
						{t('data.exportAct')}
					</Button>
				)}
			</SectionRow>
			<SectionRow label={t('data.files')} help={t('data.filesHelp')}>
				{() => (
					<Button variant="outlined" color="inherit" size="small" loading={isPacking} onClick={pack}>
						{t('data.filesAct')}
					</Button>
				)}
			</SectionRow>
			<SectionRow label={t('data.delete')} help={t('data.deleteHelp')}>
				{() => (
					<Button variant="outlined" color="error" size="small" onClick={() => setDeleting(true)}>
						{t('data.deleteAct')}
					</Button>
				)}
			</SectionRow>
			{isDeleting && <DeleteOwnDialog me={me} onClose={() => setDeleting(false)} />}
		</Section>
	);
}

async function takeAlong(): Promise<void> {
	let file = '';
	const parts: Blob[] = [];
	for await (const { fileName, text } of await client.accounts.exportOwn()) {
		file = fileName;
		// The browser keeps what is in a blob where it does not weigh on the page.
		parts.push(new Blob([text]));
	}
	saveFile(file, new Blob(parts, { type: 'application/json;charset=utf-8' }));
}

async function takeFiles(): Promise<void> {
	let file = '';
	const parts: Blob[] = [];
	for await (const { fileName, piece } of await client.accounts.exportFiles()) {
		file = fileName;
		parts.push(new Blob([Uint8Array.from(atob(piece), (letter) => letter.charCodeAt(0))]));
	}
	saveFile(file, new Blob(parts, { type: 'application/zip' }));
}

function DeleteOwnDialog({ me, onClose }: { me: OwnAccount; onClose: () => void }) {
	const { t } = useTranslation('accounts');
	const [typed, setTyped] = useState('');
	const [password, setPassword] = useState('');
	const remove = useAttempt({ PASSWORD_WRONG: 'password' });
	return (
		<FormDialog
			title={t('data.deleteTitle')}
			submitLabel={t('data.deleteAct')}
			isReady={typed.trim() === me.name && (password !== '' || !me.hasPassword)}
			isDestructive
			attempt={remove}
			onSubmit={() =>
				void remove.attempt(async () => {
					await client.accounts.removeOwn({ password: me.hasPassword ? password : null });
					goOut();
				})
			}
			onClose={onClose}
		>
			<Typography>{t('data.deleteText')}</Typography>
			<TextField
				fullWidth
				autoFocus
				label={t('data.typeName', { name: me.name })}
				value={typed}
				onChange={(event) => setTyped(event.target.value)}
				slotProps={{ htmlInput: { autoComplete: 'off', spellCheck: false, dir: 'auto' } }}
			/>
			{me.hasPassword && (
				<PasswordField label={t('password.current')} value={password} onChange={setPassword} autoComplete="current-password" error={remove.at('password')} />
			)}
		</FormDialog>
	);
}

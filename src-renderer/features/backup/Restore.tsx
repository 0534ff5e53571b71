import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupSummary } from '#contract/backup.ts';
import { isFailure } from '#contract/errors.ts';
import type { Job } from '#contract/jobs.ts';
import { client } from '../../rpc/client.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { readPath } from '../../ui/readPath.ts';
import { Section } from '../../ui/Section.tsx';
import { BackupJobs } from './BackupJobs.tsx';

interface Seen extends BackupSummary {
	path: string;
}

/** Takes a backup back: it is looked into first, then unpacked and checked beside the present data. */
export function Restore({ jobs }: { jobs: readonly Job[] }) {
	const { t } = useTranslation('backup');
	const [typed, setTyped] = useState('');
	const [password, setPassword] = useState('');
	const [needsPassword, setNeedsPassword] = useState(false);
	const [seen, setSeen] = useState<Seen | null>(null);
	const [isBusy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const path = readPath(typed);
	const isReady = path !== '' && (!needsPassword || password !== '') && jobs.every(({ endedAt }) => endedAt !== null);
	const given = needsPassword ? password : null;
	const look = async (event: SubmitEvent) => {
		event.preventDefault();
		if (!isReady || isBusy) return;
		setBusy(true);
		setError(null);
		try {
			setSeen({ path, ...(await client.backup.look({ path, password: given })) });
		} catch (thrown) {
			// That it needs one is no fault of the reader's.
			const isLocked = isFailure(thrown, 'BACKUP_INVALID') && thrown.data.reason === 'passwordNeeded';
			if (isLocked) setNeedsPassword(true);
			else setError(thrown);
		}
		setBusy(false);
	};
	return (
		<Section title={t('restore.title')}>
			<Box component="form" onSubmit={(event) => void look(event)} sx={{ px: 2, py: 1.5 }}>
				<Typography sx={{ color: 'text.secondary', mb: 2 }}>{t('restore.text')}</Typography>
				<Box sx={{ display: 'flex', gap: 1, alignItems: 'flex-start' }}>
					<TextField
						fullWidth
						label={t('restore.file')}
						placeholder={t('restore.fileExample')}
						value={typed}
						onChange={(event) => {
							setTyped(event.target.value);
							setNeedsPassword(false);
							setPassword('');
							setError(null);
						}}
						slotProps={{ htmlInput: { spellCheck: false, dir: 'ltr', autoComplete: 'off' } }}
					/>
					<Button type="submit" variant="outlined" color="inherit" disabled={!isReady} loading={isBusy} sx={{ mt: '2px', flex: 'none' }}>
						{t('restore.look')}
					</Button>
				</Box>
				{needsPassword && (
					<TextField
						fullWidth
						autoFocus
						type="password"
						label={t('now.passwordField')}
						helperText={t('restore.passwordHelp')}
						value={password}
						onChange={(event) => {
							setPassword(event.target.value);
							setError(null);
						}}
						sx={{ mt: 2 }}
						slotProps={{ htmlInput: { autoComplete: 'off', dir: 'ltr', maxLength: 1000 } }}
					/>
				)}
				<ErrorNotice error={error} sx={{ mt: 2 }} onClose={() => setError(null)} />
			</Box>
			{/* What became of another file is not said of the one that is given. */}
			<BackupJobs jobs={typed === '' ? jobs : jobs.filter(({ failure }) => failure === null)} />
			{seen && (
				<ConfirmDialog
					open
					title={t('restore.confirmTitle')}
					confirmLabel={t('restore.confirm')}
					onConfirm={async () => {
						await client.backup.restore({ path: seen.path, password: given });
						setTyped('');
						setPassword('');
						setNeedsPassword(false);
					}}
					onClose={() => setSeen(null)}
				>
					<Summary seen={seen} />
				</ConfirmDialog>
			)}
		</Section>
	);
}

function Summary({ seen }: { seen: Seen }) {
	const { t } = useTranslation('backup');
	const format = useFormat();
	return (
		<>
			<Typography sx={{ mb: 1 }}>
				{t('restore.summary', { at: format.date(seen.createdAt, true), files: format.number(seen.files), bytes: format.bytes(seen.sizeBytes) })}
			</Typography>
			<Typography sx={{ mb: 1 }}>{seen.withModels ? t('restore.withModels', { bytes: format.bytes(seen.modelBytes) }) : t('restore.withoutModels')}</Typography>
			<Typography sx={{ color: 'text.secondary' }}>{t('restore.what')}</Typography>
		</>
	);
}

import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupState } from '#contract/backup.ts';
import type { Job } from '#contract/jobs.ts';
import { client } from '../../rpc/client.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { notifyError } from '../../ui/notify.ts';
import { readPath } from '../../ui/readPath.ts';
import { Section } from '../../ui/Section.tsx';
import { BackupJobs } from './BackupJobs.tsx';
import { useBackup } from './backupStore.ts';

/** Where the data folder is, and how it gets to another disk. */
export function DataPlace({ state, jobs }: { state: BackupState; jobs: readonly Job[] }) {
	const { t } = useTranslation('backup');
	const format = useFormat();
	const load = useBackup((store) => store.load);
	const [typed, setTyped] = useState('');
	const [isBusy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const folder = readPath(typed);
	const isReady = folder !== '' && state.move.to === null && jobs.every(({ endedAt }) => endedAt !== null);
	const submit = async (event: SubmitEvent) => {
		event.preventDefault();
		if (!isReady || isBusy) return;
		setBusy(true);
		setError(null);
		try {
			await client.backup.moveTo({ folder });
			setTyped('');
			await load();
		} catch (thrown) {
			setError(thrown);
		}
		setBusy(false);
	};
	return (
		<Section title={t('move.title')}>
			<MoveNotices state={state} />
			<Box component="form" onSubmit={(event) => void submit(event)} sx={{ px: 2, py: 1.5 }}>
				<Typography sx={{ color: 'text.secondary', mb: 2, overflowWrap: 'anywhere' }}>
					{t('move.text', { folder: state.move.dataFolder, bytes: format.bytes(state.dataBytes + state.modelBytes) })}
				</Typography>
				<Box sx={{ display: 'flex', gap: 1, alignItems: 'flex-start' }}>
					<TextField
						fullWidth
						label={t('move.folder')}
						helperText={t('move.folderHelp')}
						value={typed}
						onChange={(event) => setTyped(event.target.value)}
						slotProps={{ htmlInput: { spellCheck: false, dir: 'ltr', autoComplete: 'off' } }}
					/>
					<Button type="submit" variant="outlined" color="inherit" disabled={!isReady} loading={isBusy} sx={{ mt: '2px', flex: 'none' }}>
						{t('move.act')}
					</Button>
				</Box>
				<ErrorNotice error={error} sx={{ mt: 2 }} onClose={() => setError(null)} />
			</Box>
			<BackupJobs jobs={jobs} />
		</Section>
	);
}

function MoveNotices({ state: { move, canRestart } }: { state: BackupState }) {
	const { t } = useTranslation('backup');
	const { t: ui } = useTranslation('ui');
	const format = useFormat();
	const act = useBackup((store) => store.act);
	const [isDropping, setDropping] = useState(false);
	return (
		<>
			{move.to !== null && (
				<Alert
					severity="info"
					action={
						<>
							{canRestart && (
								<Button color="inherit" size="small" onClick={() => client.backup.restart().catch(notifyError)}>
									{t('waiting.restart')}
								</Button>
							)}
							<Button color="inherit" size="small" onClick={() => void act('forgetMove').catch(notifyError)}>
								{ui('cancel')}
							</Button>
						</>
					}
				>
					{t('move.waiting', { to: move.to })} {!canRestart && t('waiting.byHand')}
				</Alert>
			)}
			{move.failed !== null && <Alert severity="warning">{t('move.failed', { reason: move.failed })}</Alert>}
			{move.cameFrom && (
				<Alert
					severity="success"
					action={
						<Button color="inherit" size="small" onClick={() => setDropping(true)}>
							{t('move.drop')}
						</Button>
					}
				>
					{t('move.cameFrom', { from: move.cameFrom.from, bytes: format.bytes(move.cameFrom.keptBytes) })}
				</Alert>
			)}
			<ConfirmDialog
				open={isDropping}
				title={t('move.dropTitle')}
				confirmLabel={t('move.drop')}
				isDestructive
				onConfirm={() => act('dropLeft')}
				onClose={() => setDropping(false)}
			>
				{t('move.dropText')}
			</ConfirmDialog>
		</>
	);
}

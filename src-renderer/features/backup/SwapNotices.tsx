import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupState } from '#contract/backup.ts';
import { client } from '../../rpc/client.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { useFormat } from '../../ui/format.ts';
import { notifyError } from '../../ui/notify.ts';
import { useBackup } from './backupStore.ts';

/** What the next start does, what a restore replaced, and what is to be given anew. */
export function SwapNotices({ state: { waiting, applied, canRestart, lostSecrets } }: { state: BackupState }) {
	const { t } = useTranslation('backup');
	const { t: ui } = useTranslation('ui');
	const format = useFormat();
	const act = useBackup((store) => store.act);
	const [isDropping, setDropping] = useState(false);
	const waitingNotice = useRef<HTMLDivElement>(null);
	const isWaiting = waiting !== null;
	const wasWaiting = useRef(isWaiting);
	useEffect(() => {
		// What was asked for further down is decided up here.
		if (isWaiting && !wasWaiting.current) waitingNotice.current?.scrollIntoView({ block: 'center' });
		wasWaiting.current = isWaiting;
	}, [isWaiting]);
	const say = (what: 'forget' | 'goBack') => void act(what).catch(notifyError);
	return (
		<>
			{waiting && (
				<Alert
					ref={waitingNotice}
					severity="info"
					variant="outlined"
					sx={{ mb: 2, bgcolor: 'background.paper' }}
					action={
						<>
							{canRestart && (
								<Button color="inherit" size="small" onClick={() => client.backup.restart().catch(notifyError)}>
									{t('waiting.restart')}
								</Button>
							)}
							<Button color="inherit" size="small" onClick={() => say('forget')}>
								{ui('cancel')}
							</Button>
						</>
					}
				>
					{t(`waiting.${waiting.act}`, { at: format.date(waiting.backedUpAt, true) })} {!canRestart && t('waiting.byHand')}
				</Alert>
			)}
			{applied && !waiting && (
				<Alert
					severity="success"
					variant="outlined"
					sx={{ mb: 2, bgcolor: 'background.paper' }}
					action={
						<>
							<Button color="inherit" size="small" onClick={() => say('goBack')}>
								{t('applied.goBack')}
							</Button>
							<Button color="inherit" size="small" onClick={() => setDropping(true)}>
								{t('applied.drop')}
							</Button>
						</>
					}
				>
					{t(`applied.${applied.act}`, { at: format.date(applied.backedUpAt, true), bytes: format.bytes(applied.keptBytes) })}
				</Alert>
			)}
			{lostSecrets.length > 0 && (
				<Alert severity="warning" variant="outlined" sx={{ mb: 2, bgcolor: 'background.paper' }}>
					{t('lost.text', { what: lostSecrets.map((name) => t(`lost.${name}`)).join(t('lost.between')) })}
				</Alert>
			)}
			<ConfirmDialog
				open={isDropping}
				title={t('applied.dropTitle')}
				confirmLabel={t('applied.drop')}
				isDestructive
				onConfirm={() => act('dropReplaced')}
				onClose={() => setDropping(false)}
			>
				{t('applied.dropText')}
			</ConfirmDialog>
		</>
	);
}

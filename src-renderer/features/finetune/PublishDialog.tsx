import Alert from '@mui/material/Alert';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import type { Adapter } from '#contract/finetune.ts';
import { client } from '../../rpc/client.ts';
import { useMay } from '../../rpc/useMe.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';

/** Asks before others may use an adapter. One that refuses less than its base cannot be made public, and says so in red. */
export function PublishDialog({ adapter, onClose }: { adapter: Adapter; onClose: () => void }) {
	const { t } = useTranslation('finetune');
	const safety = adapter.outcome?.safety ?? null;
	const isAdmin = useMay('admin');
	const isImported = adapter.origin.from === 'import';
	// An administrator answers for an imported one, which no run has checked.
	const isUnchecked = safety === null && !(isImported && isAdmin);
	const isBlocked = isUnchecked || (safety?.dropped ?? false);
	return (
		<ConfirmDialog
			open
			title={t('adapters.publishTitle', { name: adapter.name })}
			confirmLabel={t('adapters.publish')}
			isReady={!isBlocked}
			onConfirm={async () => {
				await client.finetune.changeAdapter({ adapterId: adapter.id, visibility: 'public' });
			}}
			onClose={onClose}
		>
			{isBlocked ? (
				<Alert severity="error" variant="outlined">
					{safety
						? t('adapters.publishBlocked', { before: safety.refusedBefore, after: safety.refusedAfter, prompts: safety.prompts })
						: t(isImported ? 'adapters.publishNeedsAdmin' : 'adapters.publishNotCheckedYet')}
				</Alert>
			) : (
				<>
					<Typography>{t('adapters.publishText')}</Typography>
					{adapter.origin.from === 'run' && (
						<Typography dir="auto" sx={{ mt: 1, overflowWrap: 'anywhere' }}>
							{t('adapters.publishTold', { name: adapter.name, dataset: adapter.origin.datasetTitle })}
						</Typography>
					)}
					{isImported && <Typography sx={{ mt: 1, color: 'text.secondary' }}>{t('adapters.publishUnchecked')}</Typography>}
				</>
			)}
		</ConfirmDialog>
	);
}

import BackendIcon from '@mui/icons-material/DnsOutlined';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Backend } from '#contract/backends.ts';
import { client } from '../../rpc/client.ts';
import { useSettingsNow } from '../../rpc/live.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Page } from '../../ui/Page.tsx';
import { BackendDialog } from './BackendDialog.tsx';
import { BackendRow } from './BackendRow.tsx';

/** The remote servers that answer with models of their own, for an administrator: set up, tested, switched and removed here. */
export function BackendsScreen() {
	const { t } = useTranslation('backends');
	const { t: ui } = useTranslation('ui');
	const [backends, setBackends] = useState<readonly Backend[] | null>(null);
	const [error, setError] = useState<unknown>(null);
	const [edited, setEdited] = useState<Backend | 'new' | null>(null);
	const [removed, setRemoved] = useState<Backend | null>(null);
	const load = useCallback(async () => {
		setError(null);
		await client.backends.list().then(setBackends, setError);
	}, []);
	useEffect(() => void load(), [load]);
	const add = (
		<Button variant="contained" onClick={() => setEdited('new')}>
			{t('add')}
		</Button>
	);
	return (
		<Page title={t('title')} width={backends?.length === 0 ? 'full' : 'reading'} action={backends !== null && backends.length > 0 && add}>
			<ErrorNotice error={error} action={{ label: ui('again'), onClick: () => void load() }} sx={{ mb: 2 }} />
			<OfflineNotice />
			{backends !== null && backends.length > 0 && (
				<>
					<Typography sx={{ color: 'text.secondary', mb: 2, maxWidth: '68ch' }}>{t('text')}</Typography>
					<Paper variant="outlined" component="ul" aria-label={t('title')} sx={{ m: 0, p: 0, listStyle: 'none' }}>
						{backends.map((backend) => (
							<BackendRow key={backend.id} backend={backend} onEdit={() => setEdited(backend)} onRemove={() => setRemoved(backend)} onChanged={load} />
						))}
					</Paper>
				</>
			)}
			{backends?.length === 0 && (
				<EmptyState icon={<BackendIcon />} title={t('emptyTitle')} text={t('emptyText')}>
					{add}
				</EmptyState>
			)}
			{edited !== null && <BackendDialog backend={edited === 'new' ? null : edited} onSaved={load} onClose={() => setEdited(null)} />}
			<ConfirmDialog
				open={removed !== null}
				title={t('removeTitle', { name: removed?.name })}
				confirmLabel={t('remove')}
				isDestructive
				onConfirm={async () => {
					if (removed) await client.backends.remove({ backendId: removed.id });
					await load();
				}}
				onClose={() => setRemoved(null)}
			>
				<Typography>{t('removeText')}</Typography>
			</ConfirmDialog>
		</Page>
	);
}

function OfflineNotice() {
	const { t } = useTranslation('backends');
	if (!useSettingsNow().value?.offline) return null;
	return (
		<Alert severity="info" variant="outlined" sx={{ mb: 2, bgcolor: 'background.paper' }}>
			{t('offline')}
		</Alert>
	);
}

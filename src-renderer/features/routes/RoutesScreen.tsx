import RouteIcon from '@mui/icons-material/AltRouteOutlined';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RouteView } from '#contract/routes.ts';
import { client } from '../../rpc/client.ts';
import { createLive } from '../../rpc/live.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Page } from '../../ui/Page.tsx';
import { RouteCard } from './RouteCard.tsx';
import { RouteDialog } from './RouteDialog.tsx';

const useRoutes = createLive<RouteView[]>((signal) => client.routes.watch(undefined, { signal }));

/** The names behind which models stand, for an administrator: each with the state of what is behind it, as it changes. */
export function RoutesScreen() {
	const { t } = useTranslation('routes');
	const { value: routes, error } = useRoutes();
	const [edited, setEdited] = useState<RouteView | 'new' | null>(null);
	const [removed, setRemoved] = useState<RouteView | null>(null);
	const add = (
		<Button variant="contained" onClick={() => setEdited('new')}>
			{t('add')}
		</Button>
	);
	return (
		<Page title={t('title')} action={routes !== null && routes.length > 0 && add}>
			<ErrorNotice error={error} sx={{ mb: 2 }} />
			{routes !== null && routes.length > 0 && <Typography sx={{ color: 'text.secondary', mb: 2, maxWidth: '80ch' }}>{t('text')}</Typography>}
			{routes?.map((route) => (
				<RouteCard key={route.id} route={route} routes={routes} onEdit={() => setEdited(route)} onRemove={() => setRemoved(route)} />
			))}
			{routes?.length === 0 && (
				<EmptyState icon={<RouteIcon />} title={t('emptyTitle')} text={t('emptyText')}>
					{add}
				</EmptyState>
			)}
			{edited !== null && <RouteDialog route={edited === 'new' ? null : edited} routes={routes ?? []} onClose={() => setEdited(null)} />}
			<ConfirmDialog
				open={removed !== null}
				title={t('removeTitle', { name: removed?.name })}
				confirmLabel={t('remove')}
				isDestructive
				onConfirm={async () => {
					if (removed) await client.routes.remove({ routeId: removed.id });
				}}
				onClose={() => setRemoved(null)}
			>
				<Typography>{t('removeText')}</Typography>
			</ConfirmDialog>
		</Page>
	);
}

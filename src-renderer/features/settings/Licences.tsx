import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Licence } from '#contract/system.ts';
import { client } from '../../rpc/client.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { PlainDialog } from '../../ui/PlainDialog.tsx';

/** Whose code Homeroom is made with, each with its licence, whose words unfold. */
export function Licences({ onClose }: { onClose: () => void }) {
	const { t } = useTranslation('settings');
	const [licences, setLicences] = useState<Licence[] | null>(null);
	const [error, setError] = useState<unknown>(null);
	useEffect(() => {
		client.system.licences().then(setLicences, setError);
	}, []);
	return (
		<PlainDialog title={t('licences.title')} onClose={onClose}>
			<ErrorNotice error={error} />
			{licences === null && error === null && <LinearProgress aria-label={t('licences.title')} />}
			{licences !== null && <Typography sx={{ mb: 1, color: 'text.secondary' }}>{t('licences.text', { count: licences.length })}</Typography>}
			{licences?.map((licence) => (
				<OneLicence key={`${licence.name}@${licence.version}`} licence={licence} />
			))}
		</PlainDialog>
	);
}

function OneLicence({ licence: { name, version, licence, text } }: { licence: Licence }) {
	const { t } = useTranslation('settings');
	const [isOpen, setOpen] = useState(false);
	return (
		<Box component="details" onToggle={(event) => setOpen(event.currentTarget.open)} sx={{ borderTop: 1, borderColor: 'divider', py: 0.75 }}>
			<Box component="summary" sx={{ cursor: 'pointer', overflowWrap: 'anywhere' }}>
				<bdi>{name}</bdi> <bdi>{version}</bdi>
				<Typography component="span" variant="body2" sx={{ color: 'text.secondary', ml: 1 }}>
					{licence}
				</Typography>
			</Box>
			{isOpen && (
				<Box
					component="pre"
					dir="auto"
					sx={{ m: 0, mt: 1, p: 1, bgcolor: 'surface.sunken', borderRadius: 1, fontSize: '0.75rem', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
				>
					{text || t('licences.noText', { licence })}
				</Box>
			)}
		</Box>
	);
}

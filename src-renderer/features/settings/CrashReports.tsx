import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CrashReport } from '#contract/shell.ts';
import { client } from '../../rpc/client.ts';
import { AskedButton } from '../../ui/AskedButton.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { Section } from '../../ui/Section.tsx';

/** So many are shown; there are never many more. */
const mostShown = 20;

/** What stopped against its will on this machine: listed, deleted here, and sent to nobody. */
export function CrashReports() {
	const { t } = useTranslation('settings');
	const [reports, setReports] = useState<readonly CrashReport[] | null>(null);
	const [error, setError] = useState<unknown>(null);
	useEffect(() => {
		client.shell.crashes().then(setReports, setError);
	}, []);
	const remove = (removed: readonly CrashReport[]) => {
		client.shell.removeCrashes({ ids: removed.map(({ id }) => id) }).then(setReports, setError);
	};
	return (
		<Section title={t('crashes.title')}>
			<Box sx={{ px: 2, py: 1.5, display: 'flex', alignItems: 'center', gap: 3 }}>
				<Typography sx={{ flex: 1, color: 'text.secondary' }}>{t('crashes.text')}</Typography>
				{reports !== null && reports.length > 0 && (
					<AskedButton label={t('crashes.removeAll')} title={t('crashes.removeTitle')} text={t('crashes.removeText')} onConfirm={() => remove(reports)} />
				)}
			</Box>
			<ErrorNotice error={error} sx={{ mx: 2, mb: 2 }} />
			{reports?.length === 0 && <Typography sx={{ px: 2, pb: 1.5 }}>{t('crashes.none')}</Typography>}
			{reports !== null && reports.length > 0 && (
				<Box component="ul" aria-label={t('crashes.title')} sx={{ m: 0, p: 0, listStyle: 'none', borderTop: 1, borderColor: 'divider' }}>
					{reports.slice(0, mostShown).map((report) => (
						<ReportRow key={report.id} report={report} onRemove={() => remove([report])} />
					))}
				</Box>
			)}
		</Section>
	);
}

function ReportRow({ report, onRemove }: { report: CrashReport; onRemove: () => void }) {
	const { t } = useTranslation('settings');
	const format = useFormat();
	const facts = [format.date(report.at, true), report.reason, report.version && t('crashes.version', { version: report.version }), format.bytes(report.bytes)];
	return (
		<Box component="li" sx={{ px: 2, py: 0.5, display: 'flex', alignItems: 'center', gap: 2 }}>
			<Box sx={{ flex: 1, minWidth: 0 }}>
				<Typography>{t(`crashes.part.${report.part}`)}</Typography>
				<Typography variant="caption" sx={{ color: 'text.secondary', fontVariantNumeric: 'tabular-nums', overflowWrap: 'anywhere' }}>
					{facts.filter(Boolean).join(' · ')}
				</Typography>
			</Box>
			<AskedButton label={t('crashes.remove')} title={t('crashes.removeTitle')} text={t('crashes.removeText')} onConfirm={onRemove} />
		</Box>
	);
}

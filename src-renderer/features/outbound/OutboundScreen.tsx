import NothingIcon from '@mui/icons-material/CloudOffOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { outboundDays } from '#contract/outbound.ts';
import { client } from '../../rpc/client.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Figure } from '../../ui/Figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { notifyError } from '../../ui/notify.ts';
import { Page } from '../../ui/Page.tsx';
import { saveText } from '../../ui/saveText.ts';
import { ConnectionTable } from './ConnectionTable.tsx';
import { HostTable } from './HostTable.tsx';
import { useOutbound } from './outboundStore.ts';

/** What left this machine in the last 30 days, for an administrator: by server, one after the other, and as a file. */
export function OutboundScreen() {
	const { t } = useTranslation('outbound');
	const { t: ui } = useTranslation('ui');
	const { hosts, entries, host, error, show } = useOutbound();
	const [isSaving, setSaving] = useState(false);
	const scroller = useRef<HTMLDivElement>(null);
	useEffect(() => void show(null), [show]);
	const save = () => {
		setSaving(true);
		client.outbound
			.exportCsv({ host })
			.then(({ fileName, text }) => saveText(fileName, text, 'text/csv'))
			.catch(notifyError)
			.finally(() => setSaving(false));
	};
	const isEmpty = hosts?.length === 0;
	return (
		<Page
			title={t('title')}
			scroller={scroller}
			action={
				<>
					<Button variant="outlined" color="inherit" onClick={() => void show(host)}>
						{t('refresh')}
					</Button>
					<Button variant="outlined" color="inherit" loading={isSaving} disabled={hosts === null || isEmpty} onClick={save}>
						{t('export')}
					</Button>
				</>
			}
		>
			<Typography sx={{ color: 'text.secondary', mb: 2, maxWidth: '90ch' }}>{t('text', { days: outboundDays })}</Typography>
			<ErrorNotice error={error} action={{ label: ui('again'), onClick: () => void show(host) }} sx={{ mb: 2 }} />
			{isEmpty && <EmptyState icon={<NothingIcon />} title={t('emptyTitle')} text={t('emptyText', { days: outboundDays })} />}
			{hosts && !isEmpty && (
				<>
					<Sums />
					<HostTable />
					<Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5, mt: 3, mb: 1, minHeight: 32 }}>
						<Typography variant="h2">{host === null ? t('all') : t('of', { host })}</Typography>
						{host !== null && (
							<Button size="small" color="inherit" onClick={() => void show(null)}>
								{t('showAll')}
							</Button>
						)}
					</Box>
					{entries && <ConnectionTable entries={entries} scroller={scroller} />}
				</>
			)}
		</Page>
	);
}

function Sums() {
	const { t } = useTranslation('outbound');
	const format = useFormat();
	const hosts = useOutbound((state) => state.hosts) ?? [];
	const sum = (of: 'sent' | 'refused' | 'sentBytes' | 'receivedBytes') => hosts.reduce((total, each) => total + each[of], 0);
	return (
		<Box component="dl" sx={{ m: 0, mb: 2, display: 'flex', flexWrap: 'wrap', columnGap: 5, rowGap: 1 }}>
			<Figure name={t('sum.hosts')} value={format.number(hosts.length)} />
			<Figure name={t('sum.sent')} value={format.number(sum('sent'))} />
			<Figure name={t('sum.sentBytes')} value={format.bytes(sum('sentBytes'))} />
			<Figure name={t('sum.receivedBytes')} value={format.bytes(sum('receivedBytes'))} />
			<Figure name={t('sum.refused')} value={format.number(sum('refused'))} />
		</Box>
	);
}

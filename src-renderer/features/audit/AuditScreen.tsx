import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../rpc/client.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { notifyError } from '../../ui/notify.ts';
import { Page } from '../../ui/Page.tsx';
import { saveText } from '../../ui/saveText.ts';
import { AuditFilters } from './AuditFilters.tsx';
import { AuditTable } from './AuditTable.tsx';
import { useAudit } from './auditStore.ts';

type Verdict = Awaited<ReturnType<typeof client.audit.verify>>;

/** The log: who did what, on what, when, from where and how it ended; and the proof that nobody changed it. */
export function AuditScreen() {
	const { t } = useTranslation('audit');
	const { t: ui } = useTranslation('ui');
	const { entries, filter, error, show } = useAudit();
	const [verdict, setVerdict] = useState<Verdict | null>(null);
	const [isBusy, setBusy] = useState(false);
	const scroller = useRef<HTMLDivElement>(null);
	useEffect(() => void show({}), [show]);
	const work = (act: () => Promise<void>) => {
		setBusy(true);
		act()
			.catch(notifyError)
			.finally(() => setBusy(false));
	};
	return (
		<Page
			title={t('title')}
			scroller={scroller}
			action={
				<>
					<Button variant="outlined" color="inherit" disabled={isBusy} onClick={() => work(async () => setVerdict(await client.audit.verify()))}>
						{t('verify.act')}
					</Button>
					<Button
						variant="outlined"
						color="inherit"
						disabled={isBusy}
						onClick={() =>
							work(async () => {
								const { fileName, text } = await client.audit.exportCsv(filter);
								saveText(fileName, text, 'text/csv');
							})
						}
					>
						{t('export')}
					</Button>
				</>
			}
		>
			<Typography sx={{ color: 'text.secondary', mb: 2, maxWidth: '90ch' }}>{t('text')}</Typography>
			<VerdictNotice verdict={verdict} onClose={() => setVerdict(null)} />
			<ErrorNotice error={error} action={{ label: ui('again'), onClick: () => void show({}) }} sx={{ mb: 2 }} />
			<AuditFilters />
			{entries && <AuditTable entries={entries} scroller={scroller} />}
		</Page>
	);
}

function VerdictNotice({ verdict, onClose }: { verdict: Verdict | null; onClose: () => void }) {
	const { t } = useTranslation('audit');
	const { t: ui } = useTranslation('ui');
	const format = useFormat();
	if (verdict === null) return null;
	const isWhole = verdict.brokenAt === null;
	return (
		<Alert
			severity={isWhole ? (verdict.isSealChecked ? 'success' : 'warning') : 'error'}
			variant="outlined"
			onClose={onClose}
			closeText={ui('close')}
			sx={{ mb: 2, bgcolor: 'background.paper' }}
		>
			{isWhole
				? t(verdict.isSealChecked ? 'verify.whole' : 'verify.unsealed', { entries: format.number(verdict.entries) })
				: t('verify.broken', { id: format.number(verdict.brokenAt ?? 0) })}
		</Alert>
	);
}

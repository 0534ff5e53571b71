import BinIcon from '@mui/icons-material/DeleteOutlined';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keepDeletedDays } from '#contract/keepDeleted.ts';
import { useConnection } from '../../rpc/useConnection.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { Page } from '../../ui/Page.tsx';
import { DeletedTable } from './DeletedTable.tsx';
import { purgeEverything, readDeleted, useDeleted } from './deletedStore.ts';

/** All that the reader deleted and can have back, newest first. */
export function DeletedScreen() {
	const { t } = useTranslation('deleted');
	const { t: ui } = useTranslation('ui');
	const format = useFormat();
	const { things, total, restored, error } = useDeleted();
	const [isAsking, setAsking] = useState(false);
	const scroller = useRef<HTMLDivElement>(null);
	const isLost = useConnection(({ state }) => state === 'lost');
	useEffect(() => {
		if (!isLost) void readDeleted();
	}, [isLost]);
	const left = total - restored.size;
	const days = keepDeletedDays;
	return (
		<Page
			title={t('title')}
			scroller={scroller}
			action={
				left > 0 && (
					<Button variant="outlined" color="inherit" onClick={() => setAsking(true)}>
						{t('purgeAll')}
					</Button>
				)
			}
		>
			<ErrorNotice error={error} action={{ label: ui('again'), onClick: () => void readDeleted() }} sx={{ mb: 2 }} />
			{things?.length === 0 && <EmptyState icon={<BinIcon />} title={t('emptyTitle')} text={t('emptyText', { days })} />}
			{things !== null && things.length > 0 && (
				<>
					<Typography sx={{ color: 'text.secondary', mb: 2, maxWidth: '90ch' }}>{t('text', { days })}</Typography>
					<DeletedTable things={things} scroller={scroller} />
					{total > things.length && (
						<Typography sx={{ color: 'text.secondary', mt: 2 }}>{t('more', { shown: format.number(things.length), total: format.number(total) })}</Typography>
					)}
				</>
			)}
			<ConfirmDialog
				open={isAsking}
				title={t('purgeAllTitle')}
				confirmLabel={t('purge')}
				isDestructive
				onConfirm={purgeEverything}
				onClose={() => setAsking(false)}
			>
				<Typography>{t('purgeAllText', { count: left })}</Typography>
			</ConfirmDialog>
		</Page>
	);
}

import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { convertOrder } from '#contract/convertOrder.ts';
import { isJobOver } from '#contract/isJobOver.ts';
import { useJobs } from '../../rpc/live.ts';
import { BackHeader } from '../../ui/BackHeader.tsx';
import { ChooseFiles } from '../../ui/ChooseFiles.tsx';
import { DropArea } from '../../ui/DropArea.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { JobProgress } from '../../ui/JobProgress.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { AddPath } from './AddPath.tsx';
import { BatchOrder } from './BatchOrder.tsx';
import { addToBatch, openBatch, steerBatch, useBatch } from './batchStore.ts';
import { useConvert } from './convertStore.ts';
import { FileTable } from './FileTable.tsx';
import { acceptOf, useFormats } from './formatStore.ts';

/** What the converter makes of texts is the first guess for files too. */
const firstOrder = () => convertOrder.parse({ to: useConvert.getState().order.to });

/** One batch: what goes in, how it is to be converted, how far that is, and what came of each file. */
export function BatchPage({ conversionId }: { conversionId: string | null }) {
	const { t } = useTranslation('convert');
	const { shownId, sending, ...shown } = useBatch();
	// Until the effect has opened this one, another is shown.
	const { conversion, files, error } = shownId === conversionId ? shown : { conversion: null, files: [], error: null };
	const scroller = useRef<HTMLDivElement>(null);
	const [order, setOrder] = useState(firstOrder);
	useEffect(() => openBatch(conversionId), [conversionId]);
	const kept = conversion?.id === conversionId ? conversion?.order : null;
	useEffect(() => {
		if (kept) setOrder(kept);
	}, [kept]);
	const isAtWork = conversion?.job !== null && conversion?.job !== undefined && !isJobOver(conversion.job.state);
	const canTake = !isAtWork && sending === null;
	return (
		<Box sx={{ height: '100%', display: 'flex', flexDirection: 'column', minWidth: 0 }}>
			<BackHeader
				back={{ to: '/convert/files', label: t('batches.back') }}
				titlePx={{ narrow: 300, wide: 500 }}
				title={conversion?.title || t('batches.new')}
				action={<BatchOrder.Start order={order} isAtWork={isAtWork} />}
			/>
			<Box ref={scroller} sx={{ flex: 1, minHeight: 0, overflow: 'auto', px: 3, pb: 4 }}>
				<ErrorNotice error={error} onClose={() => useBatch.setState({ error: null })} sx={{ mb: 2 }} />
				{canTake && <TakeFiles isFirst={files.length === 0} />}
				{sending !== null && <Sending {...sending} />}
				{files.length > 0 && !isAtWork && <BatchOrder order={order} onChange={(changes) => setOrder({ ...order, ...changes })} />}
				{conversion?.job && isAtWork && <Progress jobId={conversion.job.id} />}
				{conversion !== null && files.length > 0 && (
					<FileTable conversion={conversion} files={files} scroller={scroller} canDrop={canTake && !conversion.job} />
				)}
			</Box>
		</Box>
	);
}

function TakeFiles({ isFirst }: { isFirst: boolean }) {
	const { t } = useTranslation('convert');
	const { formats } = useFormats();
	const navigate = useNavigate();
	const goTo = (conversionId: string) => void navigate(`/convert/files/${conversionId}`, { replace: true });
	const take = (files: readonly File[]) => void addToBatch(files, goTo);
	return (
		<Box sx={{ mb: 2 }}>
			<DropArea takesFolders onFiles={take}>
				<Box sx={{ display: 'flex', alignItems: 'center', gap: 2, minHeight: isFirst ? 120 : 0 }}>
					<Typography sx={{ flex: 1 }}>{t(isFirst ? 'batch.drop' : 'batch.dropMore')}</Typography>
					<ChooseFiles label={t('batch.choose')} accept={acceptOf(formats)} isMany onFiles={take} />
					<ChooseFiles isFolder label={t('batch.chooseFolder')} onFiles={take} />
				</Box>
			</DropArea>
			<AddPath onBegun={goTo} />
		</Box>
	);
}

function Sending({ sentBytes, totalBytes }: { sentBytes: number; totalBytes: number }) {
	const { t } = useTranslation('convert');
	const format = useFormat();
	const detail = t('batch.sent', { sent: format.bytes(sentBytes), total: format.bytes(totalBytes) });
	return <ProgressLine title={t('batch.sending')} detail={detail} fraction={totalBytes === 0 ? null : sentBytes / totalBytes} />;
}

function Progress({ jobId }: { jobId: string }) {
	const { t } = useTranslation('convert');
	const { value: jobs } = useJobs();
	const job = jobs?.find(({ id }) => id === jobId);
	if (!job) return null;
	return (
		<JobProgress
			job={job}
			title={(standing) => t(`batch.states.${standing}`)}
			count={(finished, total) => t('batch.count', { finished, total })}
			failed={(failed) => t('batch.failed', { failed })}
			steer={(how, id) => void steerBatch(how, id)}
		/>
	);
}

import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '#contract/jobs.ts';
import { useJobs } from '../../rpc/live.ts';
import { useConnection } from '../../rpc/useConnection.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Page } from '../../ui/Page.tsx';
import { BackUpNow } from './BackUpNow.tsx';
import { useBackup } from './backupStore.ts';
import { DataPlace } from './DataPlace.tsx';
import { RegularBackups } from './RegularBackups.tsx';
import { Restore } from './Restore.tsx';
import { SwapNotices } from './SwapNotices.tsx';

/** All that Homeroom holds, kept in one file and taken back; for administrators. */
export function BackupScreen() {
	const { t } = useTranslation('backup');
	const { t: ui } = useTranslation('ui');
	const { state, error, load, clearError } = useBackup();
	const { value: jobs } = useJobs();
	const own = (jobs ?? []).filter(({ kind }) => kind === 'backup' || kind === 'restore' || kind === 'move');
	// What ended has changed something.
	const over = own.filter(({ endedAt }) => endedAt !== null).length;
	const isLost = useConnection(({ state: now }) => now === 'lost');
	// biome-ignore lint/correctness/useExhaustiveDependencies: looked at anew whenever one has ended
	useEffect(() => {
		// After a restart everything may lie elsewhere.
		if (!isLost) void load();
	}, [load, over, isLost]);
	// What the next start was to do is done, or called off.
	const isPast = ({ kind, state: now }: Job) =>
		now === 'completed' && ((kind === 'move' && state?.move.to === null) || (kind === 'restore' && state?.waiting?.act !== 'restore'));
	return (
		<Page title={t('title')} width="reading">
			<ErrorNotice error={error} sx={{ mb: 2 }} {...(state ? { onClose: clearError } : { action: { label: ui('again'), onClick: () => void load() } })} />
			{state && (
				<>
					<SwapNotices state={state} />
					<BackUpNow state={state} jobs={own.filter(({ kind }) => kind === 'backup')} />
					<RegularBackups state={state} />
					<Restore jobs={own.filter((job) => job.kind === 'restore' && !isPast(job))} />
					<DataPlace state={state} jobs={own.filter((job) => job.kind === 'move' && !isPast(job))} />
				</>
			)}
		</Page>
	);
}

import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DiskFigures as Figures, Model } from '#contract/library.ts';
import { client } from '../../rpc/client.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { MemoryBar } from '../../ui/MemoryBar.tsx';

/** What the models take of the disk they are stored on, read anew whenever the library changes; `work` changes when a job ended. */
export function DiskFigures({ models, work }: { models: readonly Model[]; work: string }) {
	const { t } = useTranslation('library');
	const format = useFormat();
	const [figures, setFigures] = useState<Figures | null>(null);
	const [error, setError] = useState<unknown>(null);
	// biome-ignore lint/correctness/useExhaustiveDependencies: what lies on the disk changes with the models and with the work on them.
	useEffect(() => {
		let isCurrent = true;
		client.library.disk().then(
			(read) => {
				if (!isCurrent) return;
				setFigures(read);
				setError(null);
			},
			(thrown: unknown) => isCurrent && setError(thrown),
		);
		return () => {
			isCurrent = false;
		};
	}, [models, work]);
	if (error !== null) return <ErrorNotice error={error} sx={{ mb: 3 }} />;
	const { volumeTotalBytes = 0, volumeFreeBytes = 0, storedBytes = 0, partialBytes = 0, sharedBytes = 0, modelsFolder = '' } = figures ?? {};
	const otherBytes = Math.max(0, volumeTotalBytes - volumeFreeBytes - storedBytes - partialBytes);
	const notes = [sharedBytes > 0 ? t('disk.shared', { bytes: format.bytes(sharedBytes) }) : '', modelsFolder].filter(Boolean).join(' · ');
	return (
		<Box component="section" aria-label={t('disk.label')} sx={{ mb: 3, visibility: figures ? 'visible' : 'hidden' }}>
			<MemoryBar
				label={t('disk.label')}
				parts={[
					{ label: t('disk.stored'), bytes: storedBytes },
					{ label: t('disk.partial'), bytes: partialBytes },
					{ label: t('disk.other'), bytes: otherBytes },
				]}
				capacityBytes={volumeTotalBytes}
				capacityLabel={t('disk.free', { free: format.bytes(volumeFreeBytes), total: format.bytes(volumeTotalBytes) })}
			/>
			<Typography noWrap variant="caption" title={modelsFolder} sx={{ display: 'block', color: 'text.secondary', minHeight: 18 }}>
				{notes}
			</Typography>
		</Box>
	);
}

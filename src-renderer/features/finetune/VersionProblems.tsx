import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { DatasetVersion } from '#contract/finetune.ts';
import { client } from '../../rpc/client.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { DatasetProblems } from './DatasetProblems.tsx';
import { useAsked } from './useAsked.ts';

const mostShown = 1000;

/** What was left out of a version. */
export function VersionProblems({ version }: { version: DatasetVersion }) {
	const { t } = useTranslation('finetune');
	const versionId = version.id;
	const { value: problems, error } = useAsked(useCallback(() => client.finetune.datasetProblems({ versionId }), [versionId]));
	return (
		<Box sx={{ flex: 1, minHeight: 0, overflow: 'auto', px: 3, py: 2 }}>
			<ErrorNotice error={error} />
			{problems?.length === 0 && <Typography sx={{ color: 'text.secondary' }}>{t('datasets.problems.none')}</Typography>}
			{problems && <DatasetProblems problems={problems.slice(0, mostShown)} total={version.refusedCount + version.duplicateCount} maxHeight={100_000} />}
		</Box>
	);
}

import Alert from '@mui/material/Alert';
import { useTranslation } from 'react-i18next';
import type { Run } from '#contract/finetune.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { forgettingLimit } from './forgettingLimit.ts';

/** What is to be known before anything else of a run: why it failed, that the model forgets, that it refuses less than it did. */
export function RunWarnings({ run }: { run: Run }) {
	const { t } = useTranslation('finetune');
	const format = useFormat();
	const forgetting = run.outcome?.forgetting ?? run.now.forgetting;
	const safety = run.outcome?.safety ?? null;
	return (
		<>
			<ErrorNotice error={run.job.failure} sx={{ mb: 2 }} />
			{safety?.dropped && (
				<Alert severity="error" variant="outlined" sx={{ mb: 2, bgcolor: 'background.paper' }}>
					{t('run.safetyDropped', { before: safety.refusedBefore, after: safety.refusedAfter, prompts: safety.prompts })}
				</Alert>
			)}
			{forgetting !== null && forgetting > forgettingLimit && (
				<Alert severity="warning" variant="outlined" sx={{ mb: 2, bgcolor: 'background.paper' }}>
					{t('run.forgets', { share: format.percent(forgetting - 1), limit: format.number(forgettingLimit, 2), value: format.number(forgetting, 2) })}
				</Alert>
			)}
		</>
	);
}

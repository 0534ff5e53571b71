import AgainIcon from '@mui/icons-material/Replay';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink, useNavigate } from 'react-router';
import type { Run, TaskKind } from '#contract/finetune.ts';
import { useAdapters } from '../../rpc/useAdapters.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Page } from '../../ui/Page.tsx';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { SymbolButton } from '../../ui/SymbolButton.tsx';
import type { FollowedRun } from './mergeRun.ts';
import { RunButtons } from './RunButtons.tsx';
import { RunCurves } from './RunCurves.tsx';
import { RunLog } from './RunLog.tsx';
import { RunProgress } from './RunProgress.tsx';
import { RunResult } from './RunResult.tsx';
import { RunSettingsList } from './RunSettingsList.tsx';
import { RunWarnings } from './RunWarnings.tsx';
import { useChatWithAdapter } from './useChatWithAdapter.ts';
import { useRun } from './useRun.ts';
import { useRunWords } from './useRunWords.ts';

/** One run: how far it is, its curves as they grow, what came of it, its log and what it was set to. */
export function RunPage({ runId }: { runId: string }) {
	const { t } = useTranslation('finetune');
	const { followed, error } = useRun(runId);
	return (
		<Page title={followed?.run.title ?? t('run.title')} action={followed && <Acts run={followed.run} />}>
			<ErrorNotice error={error} sx={{ mb: 2 }} />
			{followed && <Followed followed={followed} />}
		</Page>
	);
}

/** Where an adapter is used that learnt a task; one of texts is used in a chat alone. */
const worksOfTasks = { marks: 'grading', translation: 'subtitles', text: null } as const satisfies Record<TaskKind, string | null>;
const main = { variant: 'contained' } as const;
const quiet = { variant: 'outlined', color: 'inherit' } as const;

/** What can be done with a run; its main act is to use what it learnt for what it learnt it from. */
function Acts({ run }: { run: Run }) {
	const { t } = useTranslation('finetune');
	const navigate = useNavigate();
	const adapters = useAdapters();
	const chat = useChatWithAdapter();
	// The adapter may have been deleted since.
	const adapter = adapters.value?.find(({ id }) => id === run.adapterId) ?? null;
	const isUsable = adapter !== null && adapter.modelId !== null && adapter.fileState === 'present';
	const work = worksOfTasks[run.task];
	return (
		<Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
			<RunButtons run={run} isNext={false} onRemoved={() => void navigate('/finetune')} />
			<SymbolButton label={t('run.onceMore')} onClick={() => void navigate(`/finetune/new?from=${run.id}`)}>
				<AgainIcon fontSize="small" />
			</SymbolButton>
			{isUsable && (
				<Button {...(work ? quiet : main)} loading={chat.isBusy} onClick={() => void chat.begin(adapter)}>
					{t('adapters.useInChat')}
				</Button>
			)}
			{isUsable && work && (
				<Button {...main} component={RouterLink} to={`/${work}?model=${adapter.modelId}&adapter=${adapter.id}`}>
					{t(`adapters.useIn.${work}`)}
				</Button>
			)}
		</Box>
	);
}

function Followed({ followed }: { followed: FollowedRun }) {
	const { t } = useTranslation('finetune');
	const words = useRunWords();
	const { run, points, lines } = followed;
	return (
		<>
			<Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 2, mb: 1, color: 'text.secondary' }}>
				<StateLabel tone={words.tone(run)} label={words.state(run)} />
				<Typography dir="auto">{words.about(run)}</Typography>
				{run.adapterId !== null && (
					<Link component={RouterLink} to={`/finetune/adapters?adapter=${run.adapterId}`}>
						{t('run.toAdapter')}
					</Link>
				)}
			</Box>
			<RunWarnings run={run} />
			<RunProgress run={run} points={points} />
			<RunResult run={run} />
			<RunCurves run={run} points={points} />
			<Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(2, minmax(0, 1fr))', gap: 3, alignItems: 'start' }}>
				<RunLog lines={lines} />
				<RunSettingsList run={run} />
			</Box>
		</>
	);
}

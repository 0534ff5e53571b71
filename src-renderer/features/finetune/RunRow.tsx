import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import LinearProgress from '@mui/material/LinearProgress';
import Link from '@mui/material/Link';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink } from 'react-router';
import type { Run } from '#contract/finetune.ts';
import { useFormat } from '../../ui/format.ts';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { useRemainingMs } from '../../ui/useRemainingMs.ts';
import { isMeasured } from './isMeasured.ts';
import { RunButtons } from './RunButtons.tsx';
import { isOpen } from './runActs.ts';
import { useRunWords } from './useRunWords.ts';

interface Props {
	run: Run;
	isNext: boolean;
	isChosen: boolean;
	/** Another one may still be chosen to compare. */
	mayChoose: boolean;
	onChoose: (isChosen: boolean) => void;
}

/** One run in the list: what it is of, how it does, and how to steer it. */
export function RunRow({ run, isNext, isChosen, mayChoose, onChoose }: Props) {
	const { t } = useTranslation('finetune');
	const format = useFormat();
	const words = useRunWords();
	const loss = run.now.validationLoss ?? run.now.loss;
	return (
		<TableRow hover sx={{ height: 60 }}>
			<TableCell padding="none" sx={{ pl: 1, width: 44 }}>
				<Checkbox
					size="small"
					checked={isChosen}
					disabled={!isChosen && !mayChoose}
					onChange={(_event, isChecked) => onChoose(isChecked)}
					slotProps={{ input: { 'aria-label': t('runs.choose', { title: run.title }) } }}
				/>
			</TableCell>
			<TableCell sx={{ width: '40%', maxWidth: 0 }}>
				<Link
					component={RouterLink}
					to={`/finetune/${run.id}`}
					dir="auto"
					underline="hover"
					noWrap
					sx={{ display: 'block', color: 'text.primary', fontWeight: 550 }}
				>
					{run.title}
				</Link>
				<Typography variant="caption" dir="auto" noWrap component="div" title={words.about(run)} sx={{ color: 'text.secondary' }}>
					{words.about(run)}
				</Typography>
			</TableCell>
			<TableCell>
				<StateLabel tone={words.tone(run)} label={words.state(run)} />
			</TableCell>
			<TableCell sx={{ minWidth: 168 }}>
				<Progress run={run} />
			</TableCell>
			<TableCell align="right">{loss === null ? '' : format.number(loss, 3)}</TableCell>
			<TableCell sx={{ whiteSpace: 'nowrap', color: 'text.secondary' }}>{format.moment(run.endedAt ?? run.createdAt)}</TableCell>
			<TableCell padding="none" align="right" sx={{ whiteSpace: 'nowrap' }}>
				<RunButtons run={run} isNext={isNext} />
			</TableCell>
		</TableRow>
	);
}

/** How far the steps are, and how long they still take; of what is over, how many were taken. */
function Progress({ run }: { run: Run }) {
	const { t } = useTranslation('finetune');
	const format = useFormat();
	const { step, totalSteps, stage, job } = run;
	const isTraining = job.state === 'running' && stage === 'training' && !isMeasured(run);
	const remaining = useRemainingMs({ id: run.id, isRunning: isTraining, done: step, total: totalSteps ?? 0 });
	if (totalSteps === null) return null;
	const of = t('runs.steps', { step: format.number(step), total: format.number(totalSteps) });
	if (!isOpen(run)) return <Box sx={{ color: 'text.secondary' }}>{of}</Box>;
	return (
		<Box sx={{ fontVariantNumeric: 'tabular-nums' }}>
			<Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 1, mb: 0.5, whiteSpace: 'nowrap' }}>
				<span>{of}</span>
				<Box component="span" sx={{ color: 'text.secondary' }}>
					{isTraining && remaining ? format.duration(Math.max(1000, remaining)) : ''}
				</Box>
			</Box>
			<LinearProgress
				aria-label={t('runs.progressOf', { title: run.title })}
				variant="determinate"
				value={Math.min(100, (step / Math.max(1, totalSteps)) * 100)}
				color={job.state === 'running' ? 'primary' : 'inherit'}
				sx={{ color: 'text.disabled', '&::before': { display: 'none' } }}
			/>
		</Box>
	);
}

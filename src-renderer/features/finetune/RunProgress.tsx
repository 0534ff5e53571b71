import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import type { Run, RunPoint } from '#contract/finetune.ts';
import { useJobs } from '../../rpc/live.ts';
import { Figure } from '../../ui/Figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { Term } from '../../ui/Term.tsx';
import { forgettingLimit } from './forgettingLimit.ts';
import { isMeasured } from './isMeasured.ts';
import { isOpen } from './runActs.ts';
import { timeLeftMs } from './timeLeftMs.ts';
import { useRunWords } from './useRunWords.ts';

/** How far a run is, and the last of its figures; of one that has trained those of the adapter as it was kept. What is not known yet keeps its room. */
export function RunProgress({ run, points }: { run: Run; points: readonly RunPoint[] }) {
	const { t } = useTranslation('finetune');
	const format = useFormat();
	const { now, step, totalSteps, outcome } = run;
	const { validationLoss, forgetting } = outcome ?? now;
	const number = (value: number | null, digits: number) => (value === null ? '–' : format.number(value, digits));
	const memory = now.vramBytes === null ? now.memoryBytes : (now.memoryBytes ?? 0) + now.vramBytes;
	return (
		<Box sx={{ mb: 2 }}>
			{isOpen(run) && <Line run={run} points={points} />}
			<Box component="dl" sx={{ m: 0, mt: 1, display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(104px, 1fr))', gap: 2 }}>
				<Figure
					name={t('run.figures.step')}
					value={totalSteps === null ? '–' : t('runs.steps', { step: format.number(step), total: format.number(totalSteps) })}
				/>
				<Figure name={<Term name="loss">{t('run.figures.loss')}</Term>} value={number(now.loss, 3)} />
				<Figure name={<Term name="heldOut">{t('run.figures.validationLoss')}</Term>} value={number(validationLoss, 3)} />
				<Figure
					name={<Term name="forgetting">{t('run.figures.forgetting')}</Term>}
					value={number(forgetting, 2)}
					isWarning={forgetting !== null && forgetting > forgettingLimit}
				/>
				<Figure name={<Term name="token">{t('run.figures.speed')}</Term>} value={number(now.tokensPerSecond, 0)} />
				<Figure name={t('run.figures.memory')} value={memory === null ? '–' : format.bytes(memory)} />
			</Box>
			{outcome !== null && outcome.bestStep !== step && (
				<Typography variant="caption" component="p" sx={{ m: 0, mt: 1, color: 'text.secondary' }}>
					{t('run.figures.kept', { step: format.number(outcome.bestStep) })}
				</Typography>
			)}
		</Box>
	);
}

function Line({ run, points }: { run: Run; points: readonly RunPoint[] }) {
	const { t } = useTranslation('finetune');
	const format = useFormat();
	const words = useRunWords();
	const { value: jobs } = useJobs();
	const { stage, step, totalSteps, job } = run;
	const left = stage === 'training' && job.state === 'running' && !isMeasured(run) ? timeLeftMs(points, totalSteps) : null;
	const fraction = fractionOf(run, jobs?.find(({ id }) => id === job.id)?.fraction ?? null);
	return (
		<ProgressLine
			// What is done next begins at nothing, rather than running back from where the last was.
			key={words.state(run)}
			title={words.state(run)}
			detail={left === null || left === 0 ? '' : t('run.left', { time: format.duration(Math.max(1000, left)) })}
			fraction={job.state === 'running' || step > 0 ? fraction : 0}
		/>
	);
}

/** How far what is being done is, 0..1: steps and measuring are known to the run, the other stages to its job alone. */
function fractionOf(run: Run, ofJob: number | null): number | null {
	if (run.stage !== 'training') return ofJob;
	if (isMeasured(run)) return run.measuring ?? null;
	return run.totalSteps === null ? null : run.step / Math.max(1, run.totalSteps);
}

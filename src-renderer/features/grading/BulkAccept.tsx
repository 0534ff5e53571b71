import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Slider from '@mui/material/Slider';
import Typography from '@mui/material/Typography';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer, Assignment } from '#contract/grading.ts';
import { useFormat } from '../../ui/format.ts';
import { notifyAct } from '../../ui/notify.ts';
import { BulkTrust } from './BulkTrust.tsx';
import { bulkShare } from './bulkShare.ts';
import { acceptMany, undoLast } from './deskActs.ts';
import { openOnDesk } from './deskStore.ts';
import { useGrading } from './gradingStore.ts';

/** Takes many proposals over at once, from a confidence on that the teacher sets, after saying how many that would be. */
export function BulkAccept({ assignment, answers }: { assignment: Assignment; answers: Answer[] }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const questionId = useGrading((state) => state.questionId);
	const [leastConfidence, setLeastConfidence] = useState(0.8);
	const [isBusy, setBusy] = useState(false);
	const { open, accepted, doubtful } = useMemo(() => bulkShare(answers, leastConfidence), [answers, leastConfidence]);
	const question = assignment.questions.find(({ id }) => id === questionId);
	const accept = async () => {
		setBusy(true);
		const count = await acceptMany(assignment.id, questionId, leastConfidence);
		setBusy(false);
		if (count === null) return;
		openOnDesk(null);
		notifyAct(t('desk.accept.done', { answers: format.number(count) }), async () => void (await undoLast()));
	};
	const would = [
		t('desk.accept.would', { answers: format.number(accepted), open: format.number(open) }),
		doubtful > 0 && t('desk.accept.doubtful', { answers: format.number(doubtful) }),
	];
	return (
		<Box
			component="section"
			aria-label={t('desk.accept.open')}
			sx={{
				flex: 'none',
				px: 3,
				py: 1,
				display: 'flex',
				flexWrap: 'wrap',
				alignItems: 'center',
				columnGap: 3,
				rowGap: 0.5,
				borderTop: 1,
				borderColor: 'divider',
			}}
		>
			<Box sx={{ display: 'flex', alignItems: 'center', gap: 2 }}>
				<Typography id="least-confidence" sx={{ whiteSpace: 'nowrap' }}>
					{t('desk.accept.from', { percent: format.percent(leastConfidence) })}
				</Typography>
				<Slider
					size="small"
					aria-labelledby="least-confidence"
					getAriaValueText={format.percent}
					min={0}
					max={1}
					step={0.05}
					value={leastConfidence}
					onChange={(_event, value) => setLeastConfidence(Number(value))}
					sx={{ width: { xs: 120, lg: 200 } }}
				/>
			</Box>
			<Typography
				role="status"
				dir="auto"
				sx={{ flex: 1, minWidth: 200, fontVariantNumeric: 'tabular-nums', color: doubtful > 0 ? 'warning.main' : 'text.secondary' }}
			>
				{question && assignment.questions.length > 1 ? `${question.name}: ` : ''}
				{would.filter(Boolean).join(' ')}
			</Typography>
			<Box sx={{ display: 'flex', gap: 1 }}>
				<Button variant="contained" size="small" loading={isBusy} disabled={accepted === 0} onClick={() => void accept()}>
					{t('desk.accept.do', { answers: format.number(accepted) })}
				</Button>
				<Button size="small" color="inherit" onClick={() => openOnDesk(null)}>
					{t('mark.cancel')}
				</Button>
			</Box>
			{questionId && <BulkTrust assignmentId={assignment.id} questionId={questionId} leastConfidence={leastConfidence} />}
		</Box>
	);
}

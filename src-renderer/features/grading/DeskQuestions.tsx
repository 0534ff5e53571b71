import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Question } from '#contract/grading.ts';
import { useFormat } from '../../ui/format.ts';
import { chooseQuestion, useDesk } from './deskStore.ts';
import { useGrading } from './gradingStore.ts';
import { countProgress, type QuestionProgress } from './standingOf.ts';

const unread: QuestionProgress = { settled: 0, toSettle: 0, proposed: 0, doubtful: 0, farOff: 0, compared: 0 };

/** A question is told apart where of so many of its proposals so large a part is far off what the teacher marked. */
const fewestCompared = 3;
const oftenOff = 0.4;

/** The questions of the assignment with how far each is settled. */
export function DeskQuestions({ questions }: { questions: Question[] }) {
	const { t } = useTranslation('grading');
	const questionId = useGrading((state) => state.questionId);
	const standings = useGrading((state) => state.standings);
	const marker = useDesk((state) => state.marker);
	const progress = useMemo(() => countProgress(standings.values(), marker), [standings, marker]);
	return (
		<Box
			component="nav"
			aria-label={t('desk.questions')}
			sx={{
				...{ flex: 'none', width: { sm: '40%', md: 'auto' }, maxHeight: { xs: '40%', sm: 'none', md: '40%' }, overflow: 'auto', py: 0.5 },
				...{ borderBottom: { xs: 1, sm: 0, md: 1 }, borderRight: { sm: 1, md: 0 } },
				// Given again for each width: a border there begins anew.
				borderColor: { xs: 'divider', sm: 'divider', md: 'divider' },
			}}
		>
			{questions.map((question) => (
				<QuestionButton key={question.id} question={question} progress={progress.get(question.id) ?? unread} isChosen={question.id === questionId} />
			))}
		</Box>
	);
}

function QuestionButton({
	question,
	progress: { settled, toSettle, doubtful, farOff, compared },
	isChosen,
}: {
	question: Question;
	progress: QuestionProgress;
	isChosen: boolean;
}) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const far = t('desk.settledOf', { settled: format.number(settled), answers: format.number(toSettle) });
	const inDoubt = doubtful > 0 ? t('desk.doubtfulCount', { answers: format.number(doubtful) }) : '';
	const isOften = compared >= fewestCompared && farOff >= compared * oftenOff;
	const off = isOften ? t('desk.farOffCount', { far: format.number(farOff), answers: format.number(compared) }) : '';
	return (
		<ButtonBase
			aria-current={isChosen ? 'true' : undefined}
			aria-label={[question.name, far, off, inDoubt].filter(Boolean).join(', ')}
			title={[question.text, off, inDoubt].filter(Boolean).join('\n\n')}
			onClick={() => chooseQuestion(question.id)}
			sx={{
				width: '100%',
				display: 'block',
				textAlign: 'start',
				px: 2,
				py: 0.5,
				bgcolor: isChosen ? 'action.selected' : 'transparent',
				boxShadow: isChosen ? 'inset 2px 0 0 var(--mui-palette-primary-main)' : 'none',
				'&:hover': { bgcolor: isChosen ? 'action.selected' : 'action.hover' },
				'&.Mui-focusVisible': { outlineOffset: -2 },
			}}
		>
			<Box sx={{ display: 'flex', alignItems: 'baseline', gap: 1 }}>
				<Typography noWrap dir="auto" sx={{ flex: 1, minWidth: 0, fontWeight: isChosen ? 600 : 400 }}>
					{question.name}
				</Typography>
				{isOften && (
					<Typography variant="caption" noWrap sx={{ color: 'warning.main' }}>
						{t('desk.oftenOff')}
					</Typography>
				)}
				{doubtful > 0 && (
					<Typography variant="caption" sx={{ color: 'warning.main', fontVariantNumeric: 'tabular-nums' }}>
						{format.number(doubtful)} ?
					</Typography>
				)}
				<Typography variant="caption" sx={{ color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
					{format.number(settled)}/{format.number(toSettle)}
				</Typography>
			</Box>
			<LinearProgress aria-hidden variant="determinate" color="success" value={toSettle === 0 ? 0 : (settled / toSettle) * 100} sx={{ height: 2, mt: 0.25 }} />
		</ButtonBase>
	);
}

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuestionAgreement } from '#contract/classReport.ts';
import type { Answer, Question } from '#contract/grading.ts';
import { useFormat } from '../../ui/format.ts';
import { drawByChance } from './calibration.ts';
import { beginCalibration } from './deskStore.ts';
import { useDeskPage } from './useDeskPage.ts';

/** As many as are drawn while it cannot be told how many are needed. */
const first = 5;
/** More than these at once is no longer a short piece of work. */
const mostAtOnce = 20;

/** How many more answers to mark until the figures can be relied on, and the way to them: drawn by chance, with what is proposed hidden. */
export function MarkMore({ question, answers, report: { needed, pairs } }: { question: Question; answers: Answer[] | null; report: QuestionAgreement }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const [, setPage] = useDeskPage();
	const open = useMemo(() => (answers ? drawByChance(question, answers, answers.length, Math.random) : []), [question, answers]);
	const wanted = needed.more === null ? Math.max(1, first - pairs.length) : needed.more || first;
	const count = Math.min(wanted, mostAtOnce, open.length);
	const isEnough = needed.more === 0;
	const ungraded = (answers ?? []).filter(({ questionId, mark, proposal }) => questionId === question.id && mark !== null && proposal === null).length;
	const start = pairs.length === 0 && ungraded > 0 ? 'agreement.more.ungraded' : 'agreement.more.start';
	const begin = () => {
		beginCalibration({ questionId: question.id, answerIds: open.slice(0, count) });
		setPage('desk');
	};
	const values = {
		answers: format.number(needed.more ?? 0),
		points: format.number(needed.wantedHalfWidth, 2),
		now: format.number(needed.halfWidth ?? 0, 2),
		ungraded: format.number(ungraded),
	};
	return (
		<Paper
			variant="outlined"
			component="section"
			aria-label={t('agreement.more.label')}
			sx={{ p: 2, display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 2 }}
		>
			<Box sx={{ flex: 1, minWidth: 280 }}>
				<Typography>{t(needed.more === null ? start : isEnough ? 'agreement.more.enough' : 'agreement.more.needed', values)}</Typography>
				<Typography variant="caption" component="p" sx={{ m: 0, color: 'text.secondary' }}>
					{answers !== null && open.length === 0 ? t('agreement.more.none') : t('agreement.more.how')}
				</Typography>
			</Box>
			<Button variant={isEnough ? 'outlined' : 'contained'} color={isEnough ? 'inherit' : 'primary'} disabled={open.length === 0} onClick={begin}>
				{t('agreement.more.begin', { answers: format.number(count) })}
			</Button>
		</Paper>
	);
}

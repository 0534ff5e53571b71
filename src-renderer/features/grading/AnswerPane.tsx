import NextIcon from '@mui/icons-material/KeyboardArrowDown';
import PreviousIcon from '@mui/icons-material/KeyboardArrowUp';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import type { Answer, Question } from '#contract/grading.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { PlainText } from '../../ui/PlainText.tsx';
import { SymbolButton } from '../../ui/SymbolButton.tsx';
import { type DeskEye, seenProposal } from './arrangeDesk.ts';
import { useDesk } from './deskStore.ts';
import { startGrading, useGrading } from './gradingStore.ts';
import { LikeThis } from './LikeThis.tsx';
import { RevealedText } from './RevealedText.tsx';
import { move } from './useDeskKeys.ts';

interface Props {
	answer: Answer;
	question: Question;
	shown: readonly Answer[];
	eye: DeskEye;
	name: string;
}

/** The answer that is looked at, whole, under its question, with the words lit that a proposal goes by. */
export function AnswerPane({ answer, question, shown, eye, name }: Props) {
	const { t } = useTranslation('grading');
	const isCalibrating = useDesk((state) => state.calibration !== null);
	return (
		<Box
			component="section"
			aria-label={t('panel.label', { name })}
			tabIndex={-1}
			sx={{ flex: { xs: 'none', md: 1 }, minWidth: 0, overflow: { md: 'auto' }, display: 'flex', flexDirection: 'column', gap: 2, px: { xs: 2, lg: 3 }, py: 2 }}
		>
			<Head answer={answer} shown={shown} name={name} />
			<Box sx={{ maxWidth: 720, display: 'flex', flexDirection: 'column', gap: 2 }}>
				<QuestionText question={question} />
				<RevealedText answer={answer} proposal={seenProposal(answer, eye.marker)} rubric={question.rubric} label={t('panel.answer')} />
				{eye.marker === 'first' && !isCalibrating && answer.text.trim() !== '' && <LikeThis answer={answer} />}
				{eye.marker === 'first' && <FailureNotice answer={answer} jobActive={eye.jobActive} />}
			</Box>
			<Typography variant="caption" sx={{ mt: 'auto', color: 'text.secondary' }}>
				{t(question.rubric.length > 0 ? 'desk.keys.shortWithRubric' : 'desk.keys.short')}
			</Typography>
		</Box>
	);
}

function Head({ answer, shown, name }: Pick<Props, 'answer' | 'shown' | 'name'>) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const place = shown.findIndex(({ id }) => id === answer.id) + 1;
	return (
		<Box
			sx={{
				...{ display: 'flex', alignItems: 'center', gap: 1, minHeight: 30 },
				// Where the whole desk scrolls, whose answer it is and the way to the next stay in sight; the margins cover the padding of the pane.
				...{ position: { xs: 'sticky', md: 'static' }, top: 0, zIndex: 1, bgcolor: { xs: 'background.default', md: 'transparent' } },
				...{ mx: { xs: -2, md: 0 }, px: { xs: 2, md: 0 }, py: { xs: 0.5, md: 0 } },
			}}
		>
			<Typography variant="h2" dir="auto" sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
				{name}
			</Typography>
			<Typography variant="caption" sx={{ color: 'text.secondary', fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
				{place > 0 && t('desk.place', { place: format.number(place), answers: format.number(shown.length) })}
			</Typography>
			<Box sx={{ display: 'flex', flex: 'none' }}>
				<SymbolButton label={t('desk.previous')} onClick={() => move(shown, answer, -1)}>
					<PreviousIcon fontSize="small" />
				</SymbolButton>
				<SymbolButton label={t('desk.next')} onClick={() => move(shown, answer, 1)}>
					<NextIcon fontSize="small" />
				</SymbolButton>
			</Box>
		</Box>
	);
}

function QuestionText({ question: { text, key, name } }: { question: Question }) {
	const { t } = useTranslation('grading');
	// The name of one that is alone is only the heading of a column.
	const isAlone = useGrading(({ assignment }) => assignment?.questions.length === 1);
	const summary = { cursor: 'pointer', color: 'text.secondary', typography: 'caption', width: 'fit-content' } as const;
	return (
		<Box sx={{ display: 'flex', flexDirection: 'column', gap: 0.5, borderInlineStart: 2, borderColor: 'divider', paddingInlineStart: 1.5 }}>
			<Box component="details" open>
				<Box component="summary" dir="auto" sx={summary}>
					{isAlone ? t('fields.question') : name}
				</Box>
				<Box sx={{ maxHeight: 160, overflow: 'auto' }}>
					<PlainText text={text} />
				</Box>
			</Box>
			{key !== '' && (
				<Box component="details">
					<Box component="summary" sx={summary}>
						{t('desk.key')}
					</Box>
					<Box sx={{ maxHeight: 240, overflow: 'auto' }}>
						<PlainText text={key} />
					</Box>
				</Box>
			)}
		</Box>
	);
}

function FailureNotice({ answer, jobActive }: { answer: Answer; jobActive: boolean }) {
	const { t } = useTranslation('grading');
	const assignment = useGrading((state) => state.assignment);
	const { id: assignmentId, modelId, adapter } = assignment ?? { id: '', modelId: null, adapter: null };
	const canRetry = modelId !== null && !jobActive;
	const retry = () => void startGrading({ assignmentId, modelId: modelId ?? '', adapter, scope: 'waiting', questionId: answer.questionId });
	return <ErrorNotice error={answer.failure} action={canRetry ? { label: t('panel.retry'), onClick: retry } : undefined} />;
}

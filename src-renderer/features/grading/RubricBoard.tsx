import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import type { Answer, Marker, Proposal, Question } from '#contract/grading.ts';
import { CriterionCard } from './CriterionCard.tsx';
import { proposedLevels } from './chosenLevels.ts';
import { type ChosenLevels, useDesk } from './deskStore.ts';

interface Props {
	answer: Answer;
	question: Question;
	marker: Marker;
	/** What may be seen of it. */
	proposal: Proposal | null;
	/** What stands for the answer now. */
	levels: ChosenLevels;
	/** Chosen, and not kept yet. */
	draft: ChosenLevels | null;
}

/** The rubric of a question with the levels as buttons: those of the mark, or as far as there is none those that are proposed. */
export function RubricBoard({ answer, question, marker, proposal, levels, draft }: Props) {
	const { t } = useTranslation('grading');
	const currentId = useDesk((state) => state.criterionId) ?? question.rubric[0]?.id;
	const proposed = proposedLevels(question.rubric, proposal);
	const isMarked = (marker === 'first' ? answer.mark : answer.secondMark) !== null;
	const left = question.rubric.filter(({ id }) => levels[id] === undefined).length;
	return (
		<Box component="section" aria-label={t('desk.rubric')} sx={{ display: 'flex', flexDirection: 'column', gap: 1 }}>
			{question.rubric.map((criterion) => (
				<CriterionCard
					key={criterion.id}
					answer={answer}
					question={question}
					marker={marker}
					criterion={criterion}
					isCurrent={criterion.id === currentId}
					chosenId={levels[criterion.id]}
					isOwn={isMarked || draft?.[criterion.id] !== undefined}
					proposedId={proposed[criterion.id]}
					verdict={proposal?.verdicts.find(({ criterionId }) => criterionId === criterion.id) ?? null}
				/>
			))}
			{draft !== null && Object.keys(draft).length > 0 && left > 0 && (
				<Typography variant="caption" sx={{ color: 'warning.main' }}>
					{t('desk.levelsLeft', { criteria: left })}
				</Typography>
			)}
		</Box>
	);
}

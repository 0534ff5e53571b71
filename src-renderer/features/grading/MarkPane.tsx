import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer, Question } from '#contract/grading.ts';
import { useFormat } from '../../ui/format.ts';
import { addUpLevels } from './addUpLevels.ts';
import { type DeskEye, deskStatus, ownMark, pointsOf, seenProposal } from './arrangeDesk.ts';
import { chosenLevels } from './chosenLevels.ts';
import { draftKey, openOnDesk, useDesk } from './deskStore.ts';
import { MarkEditor } from './MarkEditor.tsx';
import { MarkersCompared } from './MarkersCompared.tsx';
import { ProposalNote } from './ProposalNote.tsx';
import { RubricBoard } from './RubricBoard.tsx';
import { StatusLabel } from './StatusLabel.tsx';

interface Props {
	answer: Answer;
	question: Question;
	eye: DeskEye;
	name: string;
}

/** Beside the answer: what it comes to, what is proposed and how far that is to be trusted, the rubric, and the mark. */
export function MarkPane({ answer, question, eye, name }: Props) {
	const { t } = useTranslation('grading');
	const { marker } = eye;
	const draft = useDesk((state) => state.drafts[draftKey(marker, answer.id)]);
	const editing = useDesk((state) => (state.editing?.answerId === answer.id ? state.editing : null));
	const proposal = seenProposal(answer, marker);
	const mark = ownMark(answer, marker);
	const levels = chosenLevels(question, answer, marker, draft?.levels);
	const hasChosen = draft !== undefined && Object.keys(draft.levels).length > 0;
	const points = hasChosen ? addUpLevels(question.rubric, levels, question.points) : pointsOf(answer, marker);
	const fields = `${answer.id} ${marker} ${mark?.updatedAt ?? ''} ${proposal?.createdAt ?? ''} ${editing ? `${editing.field} ${editing.typed}` : ''}`;
	return (
		<Box
			component="aside"
			aria-label={t('desk.markOf', { name })}
			sx={{
				width: { xs: '100%', md: 304, lg: 400 },
				flex: 'none',
				borderLeft: { md: 1 },
				borderTop: { xs: 1, md: 0 },
				// Given again for the wider window: a border there begins anew.
				borderColor: { xs: 'divider', md: 'divider' },
				overflow: { md: 'auto' },
				bgcolor: 'background.paper',
				display: 'flex',
				flexDirection: 'column',
				gap: 2,
				p: 2,
			}}
		>
			<Total points={points} outOf={question.points} status={<StatusLabel status={deskStatus(answer, eye)} />} />
			{proposal && <ProposalNote answer={answer} question={question} proposal={proposal} />}
			{question.rubric.length > 0 && (
				<RubricBoard answer={answer} question={question} marker={marker} proposal={proposal} levels={levels} draft={draft?.levels ?? null} />
			)}
			<MarkEditor shown={fields} answer={answer} question={question} marker={marker} levels={levels} points={points} draft={draft ?? null} editing={editing} />
			{marker === 'first' && <MarkersCompared answer={answer} question={question} />}
			{marker === 'first' && (
				<Button size="small" color="inherit" onClick={() => openOnDesk('history')} sx={{ alignSelf: 'flex-start', ml: -1 }}>
					{t('desk.history.open')}
				</Button>
			)}
		</Box>
	);
}

function Total({ points, outOf, status }: { points: number | null; outOf: number; status: ReactNode }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	return (
		// What it comes to stays in sight while the rubric scrolls under it; the negative margins cover the padding of the pane.
		<Box
			sx={{
				position: 'sticky',
				top: -16,
				// Over the labels of the fields.
				zIndex: 2,
				mx: -2,
				mt: -2,
				px: 2,
				pt: 2,
				pb: 0.5,
				bgcolor: 'background.paper',
				display: 'flex',
				justifyContent: 'space-between',
				alignItems: 'baseline',
				gap: 1,
			}}
		>
			<Typography variant="h1" component="p" aria-live="polite" aria-atomic sx={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
				{t('desk.pointsOf', { points: points === null ? '–' : format.number(points, 2), outOf: format.number(outOf, 2) })}
			</Typography>
			{status}
		</Box>
	);
}

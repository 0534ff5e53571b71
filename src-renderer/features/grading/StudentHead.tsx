import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import type { Answer, Assignment } from '#contract/grading.ts';
import { useFormat } from '../../ui/format.ts';
import { type DeskEye, pointsOf } from './arrangeDesk.ts';

export const studentHeadHeightPx = 32;

interface Props {
	name: string;
	/** Those that are shown. */
	answers: readonly Answer[];
	assignment: Assignment;
	eye: DeskEye;
	topPx: number;
}

/** The head above the answers of one student, with the points that those shown have come to. */
export function StudentHead({ name, answers, assignment, eye, topPx }: Props) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const reached = answers.map((answer) => pointsOf(answer, eye.marker)).filter((points) => points !== null);
	const sum = reached.reduce((all, points) => all + points, 0);
	const outOf = answers.reduce((all, { questionId }) => all + (assignment.questions.find(({ id }) => id === questionId)?.points ?? 0), 0);
	return (
		<Box
			role="presentation"
			// Not in `sx`, which would make a rule of each place, and keep it.
			style={{ top: topPx }}
			sx={{
				position: 'absolute',
				insetInline: 0,
				height: studentHeadHeightPx,
				px: 2,
				display: 'flex',
				alignItems: 'center',
				gap: 1,
				bgcolor: 'surface.sunken',
				borderBottom: 1,
				borderColor: 'divider',
			}}
		>
			<Typography noWrap dir="auto" sx={{ flex: 1, minWidth: 0, fontWeight: 600 }}>
				{name}
			</Typography>
			<Typography variant="caption" sx={{ color: 'text.secondary', fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
				{reached.length === 0 ? '–' : t('desk.pointsOf', { points: format.number(sum, 2), outOf: format.number(outOf, 2) })}
			</Typography>
		</Box>
	);
}

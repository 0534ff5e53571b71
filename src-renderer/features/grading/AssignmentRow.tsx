import Link from '@mui/material/Link';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink } from 'react-router';
import type { Assignment } from '#contract/grading.ts';
import { isJobActive } from '../../rpc/isJobActive.ts';
import { useFormat } from '../../ui/format.ts';
import { notify } from '../../ui/notify.ts';
import { RemoveButton } from '../../ui/RemoveButton.tsx';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { removeAssignment, restoreAssignment } from './gradingStore.ts';

/** One assignment in the list: how many answers, how far they are, and the way to its desk. */
export function AssignmentRow({ assignment }: { assignment: Assignment }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const { counts, job } = assignment;
	const isActive = isJobActive(job?.state);
	const state = stateOf(assignment);
	const questions = assignment.questions.length > 1 && t('list.questions', { questions: format.number(assignment.questions.length) });
	const about = [assignment.className, assignment.subject, assignment.gradeLevel, questions].filter(Boolean).join(' · ');
	const remove = async () => {
		if (await removeAssignment(assignment.id)) notify(t('list.deleted', { title: assignment.title }), () => restoreAssignment(assignment.id));
	};
	return (
		<TableRow hover sx={{ height: 52 }}>
			<TableCell sx={{ width: '44%', maxWidth: 0 }}>
				<Link
					component={RouterLink}
					to={`/grading/${assignment.id}`}
					dir="auto"
					underline="hover"
					noWrap
					sx={{ display: 'block', color: 'text.primary', fontWeight: 550 }}
				>
					{assignment.title}
				</Link>
				{about !== '' && (
					<Typography variant="caption" dir="auto" noWrap component="div" sx={{ color: 'text.secondary' }}>
						{about}
					</Typography>
				)}
			</TableCell>
			<TableCell align="right">{format.number(counts.answers)}</TableCell>
			<TableCell align="right">{format.number(counts.graded)}</TableCell>
			<TableCell align="right">{format.number(counts.marked)}</TableCell>
			<TableCell>
				<StateLabel tone={tones[state]} label={t(`list.states.${state}`)} />
			</TableCell>
			<TableCell sx={{ whiteSpace: 'nowrap', color: 'text.secondary' }}>{format.moment(assignment.createdAt)}</TableCell>
			<TableCell padding="none" align="right">
				<RemoveButton
					label={t('list.deleteNamed', { title: assignment.title })}
					hint={isActive ? t('list.deleteWhileGrading') : t('list.delete')}
					isDisabled={isActive}
					onRemove={remove}
				/>
			</TableCell>
		</TableRow>
	);
}

const tones = { notGraded: 'quiet', grading: 'busy', paused: 'warn', partly: 'warn', failed: 'bad', toReview: 'warn', settled: 'good' } as const;

function stateOf({ counts, job }: Assignment): keyof typeof tones {
	if (job?.state === 'paused') return 'paused';
	if (isJobActive(job?.state)) return 'grading';
	if (counts.marked >= counts.answers) return 'settled';
	if (counts.failed > 0) return 'failed';
	if (counts.graded === 0 && counts.marked === 0) return 'notGraded';
	return counts.graded < counts.answers - counts.unanswered ? 'partly' : 'toReview';
}

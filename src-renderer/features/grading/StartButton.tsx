import MoreIcon from '@mui/icons-material/ArrowDropDown';
import Button from '@mui/material/Button';
import ButtonGroup from '@mui/material/ButtonGroup';
import { useTranslation } from 'react-i18next';
import type { Assignment, GradeScope } from '#contract/grading.ts';
import { useFormat } from '../../ui/format.ts';
import { nextScope } from './nextScope.ts';

interface Props {
	counts: Assignment['counts'];
	isStarting: boolean;
	/** Grades so much of the class without another question. */
	onStart: (scope: GradeScope) => void;
	/** Asks first, with this as what is proposed. */
	onAsk: (scope: GradeScope) => void;
}

/** Grades what `nextScope` says, else everything again after asking; its second half asks what in any case. */
export function StartButton({ counts, isStarting, onStart, onAsk }: Props) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const left = counts.answers - counts.unanswered - counts.graded;
	const scope = nextScope(counts);
	if (scope === null) {
		return (
			<Button variant="outlined" loading={isStarting} onClick={() => onAsk('all')}>
				{t('start.again')}
			</Button>
		);
	}
	const words = {
		waiting: counts.graded === 0 ? t('start.all') : t('start.rest', { answers: format.number(left) }),
		outdated: t('start.outdated', { answers: format.number(counts.outdated) }),
	};
	return (
		<ButtonGroup variant="contained" disableElevation>
			<Button loading={isStarting} onClick={() => onStart(scope)}>
				{words[scope]}
			</Button>
			<Button aria-label={t('start.choose')} aria-haspopup="dialog" disabled={isStarting} onClick={() => onAsk(scope)} sx={{ px: 0.5 }}>
				<MoreIcon fontSize="small" />
			</Button>
		</ButtonGroup>
	);
}

import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import type { AdditionPreview, AnswerDifference } from '#contract/addition.ts';
import type { Answer, Assignment } from '#contract/grading.ts';
import { useFormat } from '../../ui/format.ts';
import { type AdditionForm, countReplaced } from './AdditionForm.ts';
import { useGrading } from './gradingStore.ts';
import { useStudentName } from './useStudentName.ts';

const nobody: Answer[] = [];

/** The answers that differ from what is there, old and new beside one another. Each stays unless it is ticked. */
export function AnswerDifferences({ form, assignment, compared }: { form: AdditionForm; assignment: Assignment; compared: AdditionPreview }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const replaced = form.use((state) => state.replaced);
	const count = form.use(countReplaced);
	const nameOf = useStudentName(assignment, useGrading((state) => state.answers) ?? nobody);
	const { differences, differ } = compared;
	return (
		<Box component="section" aria-label={t('add.differences.title')}>
			<Typography variant="h2">{t('add.differences.title')}</Typography>
			<Typography sx={{ color: 'text.secondary', mb: 1 }}>{t('add.differences.text')}</Typography>
			{differ > 1 && (
				<FormControlLabel
					control={
						<Checkbox
							size="small"
							checked={count === differ}
							indeterminate={count > 0 && count < differ}
							onChange={(_event, isReplaced) => form.replaceAll(isReplaced)}
						/>
					}
					label={t('add.differences.all', { answers: format.number(differ) })}
				/>
			)}
			<Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none', border: 1, borderColor: 'divider', borderRadius: 1, maxHeight: 420, overflow: 'auto' }}>
				{differences.map((difference) => (
					<Difference
						key={difference.answerId}
						difference={difference}
						title={titleOf(difference)}
						isReplaced={replaced === 'all' || replaced.has(difference.answerId)}
						onReplace={(isReplaced) => form.replace(difference.answerId, isReplaced)}
					/>
				))}
			</Box>
			{differ > differences.length && (
				<Typography variant="caption" sx={{ color: 'text.secondary' }}>
					{t('add.differences.first', { shown: format.number(differences.length), answers: format.number(differ) })}
				</Typography>
			)}
		</Box>
	);

	function titleOf(difference: AnswerDifference): string {
		const question = assignment.questions.length > 1 ? assignment.questions.find(({ id }) => id === difference.questionId)?.name : undefined;
		return [nameOf(difference), question].filter(Boolean).join(' · ');
	}
}

interface DifferenceProps {
	difference: AnswerDifference;
	title: string;
	isReplaced: boolean;
	onReplace: (isReplaced: boolean) => void;
}

function Difference({ difference: { before, after, isMarked, isProposed }, title, isReplaced, onReplace }: DifferenceProps) {
	const { t } = useTranslation('grading');
	const standing = isMarked ? t('add.differences.marked') : isProposed ? t('add.differences.proposed') : null;
	return (
		<Box component="li" sx={{ px: 1.5, py: 1, borderTop: 1, borderColor: 'divider', '&:first-of-type': { borderTop: 0 } }}>
			<FormControlLabel
				control={<Checkbox size="small" checked={isReplaced} onChange={(_event, isChecked) => onReplace(isChecked)} />}
				label={t('add.differences.replace', { title })}
			/>
			{standing !== null && (
				<Typography variant="caption" sx={{ color: isReplaced ? 'warning.main' : 'text.secondary' }}>
					{standing}
				</Typography>
			)}
			<Box sx={{ display: 'grid', gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' }, gap: 2 }}>
				<Text label={t('add.differences.before')} text={before} isKept={!isReplaced} />
				<Text label={t('add.differences.after')} text={after} isKept={isReplaced} />
			</Box>
		</Box>
	);
}

function Text({ label, text, isKept }: { label: string; text: string; isKept: boolean }) {
	return (
		<Box sx={{ minWidth: 0 }}>
			<Typography variant="caption" sx={{ color: 'text.secondary' }}>
				{label}
			</Typography>
			<Typography
				dir="auto"
				sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', maxHeight: 160, overflow: 'auto', color: isKept ? 'text.primary' : 'text.secondary' }}
			>
				{text}
			</Typography>
		</Box>
	);
}

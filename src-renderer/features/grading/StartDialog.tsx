import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttachedAdapter } from '#contract/attachedAdapter.ts';
import type { Assignment, GradeScope } from '#contract/grading.ts';
import { useBalance } from '../../rpc/live.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import { type GradingWish, useEstimate } from './useEstimate.ts';

const allQuestions = '';

interface Props {
	assignment: Assignment;
	modelId: string;
	adapter: AttachedAdapter | null;
	/** What is proposed to be graded. */
	scope: GradeScope;
	onStart: (wish: GradingWish) => Promise<void>;
	onClose: () => void;
}

/** Asks what of a class is graded and how often each answer is looked at, with what that will cost; where the balance does not pay for one answer it cannot be started. */
export function StartDialog({ assignment, modelId, adapter, scope: proposedScope, onStart, onClose }: Props) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const looksHelpId = useId();
	const [wish, setWish] = useState<GradingWish>({ scope: proposedScope, questionId: null, passes: 1 });
	const { counts, questions } = assignment;
	const balance = useBalance().value?.balance ?? null;
	const { estimate, error } = useEstimate({ assignmentId: assignment.id, modelId, adapterId: adapter?.id ?? null, ...wish });
	const isPaid = balance !== null && estimate !== null && (!balance.isMetered || estimate.least <= balance.available);
	const isShort = isPaid && balance.isMetered && estimate.tokens > balance.available;
	const scopes: GradeScope[] = counts.outdated > 0 ? ['waiting', 'outdated', 'all'] : ['waiting', 'all'];
	return (
		<ConfirmDialog
			open
			title={t('start.title')}
			confirmLabel={t('start.confirm')}
			isReady={isPaid && estimate.answers > 0}
			onConfirm={() => onStart(wish)}
			onClose={onClose}
		>
			<RadioGroup
				aria-label={t('start.scope')}
				value={wish.scope}
				onChange={(_event, chosen) => setWish({ ...wish, scope: scopes.find((scope) => scope === chosen) ?? 'waiting' })}
			>
				{scopes.map((scope) => (
					<FormControlLabel key={scope} value={scope} control={<Radio size="small" />} label={t(`start.scopes.${scope}`)} />
				))}
			</RadioGroup>
			{questions.length > 1 && (
				<Box sx={{ mt: 1.5, '& .MuiTextField-root': { width: '100%' } }}>
					<SelectField
						label={t('start.question')}
						value={wish.questionId ?? allQuestions}
						options={[allQuestions, ...questions.map(({ id }) => id)]}
						name={(id) => questions.find((question) => question.id === id)?.name ?? t('start.everyQuestion')}
						onChange={(id) => setWish({ ...wish, questionId: id === allQuestions ? null : id })}
					/>
				</Box>
			)}
			<FormControlLabel
				sx={{ mt: 1 }}
				control={
					<Checkbox
						size="small"
						checked={wish.passes === 2}
						onChange={(_event, isTwice) => setWish({ ...wish, passes: isTwice ? 2 : 1 })}
						slotProps={{ input: { 'aria-describedby': looksHelpId } }}
					/>
				}
				label={t('start.twice')}
			/>
			<Typography id={looksHelpId} variant="caption" component="div" sx={{ color: 'text.secondary', mb: 1.5 }}>
				{t('start.twiceHelp')}
			</Typography>
			<Typography
				role="status"
				sx={{ minHeight: 42, fontVariantNumeric: 'tabular-nums', color: estimate && balance && (!isPaid || isShort) ? 'warning.main' : 'text.primary' }}
			>
				{estimate === null || balance === null ? (
					error === null && <Skeleton component="span" />
				) : (
					<>
						{t('start.cost', { answers: format.number(estimate.answers), tokens: format.number(estimate.tokens) })}{' '}
						{balance.isMetered && t('start.left', { left: format.number(balance.available) })} {!isPaid && t('start.tooLittle')}
						{isShort && t('start.short')} {wish.scope === 'all' && counts.graded > 0 && t('start.marksStay')}
					</>
				)}
			</Typography>
			<ErrorNotice error={error} />
		</ConfirmDialog>
	);
}

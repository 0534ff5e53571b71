import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AssignmentFields, DraftStep, QuestionFields } from '#contract/grading.ts';
import type { DraftedRubric } from '#contract/rubric.ts';
import { client } from '../../rpc/client.ts';
import { useBalance } from '../../rpc/live.ts';
import { usePickedModel } from '../../rpc/usePickedModel.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { ModelChoice } from '../../ui/ModelChoice.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { useReport } from './useReport.ts';

interface Props {
	question: Pick<QuestionFields, 'text' | 'key'>;
	about: Pick<AssignmentFields, 'subject' | 'gradeLevel'>;
	onTake: (rubric: DraftedRubric, modelName: string) => void;
	onClose: () => void;
}

/** Has a model draft a rubric: asks which one, with what it will cost, and shows how far it is. Closing it stops that. */
export function DraftRubricDialog({ question, about, onTake, onClose }: Props) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const choice = usePickedModel();
	const { models, model, adapter } = choice;
	const adapterId = adapter?.id ?? null;
	const ask = useCallback(
		(signal: AbortSignal) => client.grading.draftCost(orderOf(question, about, model?.id, adapterId === null ? null : { id: adapterId }), { signal }),
		[question, about, model?.id, adapterId],
	);
	const { value: cost, error } = useReport(model ? ask : null);
	const balance = useBalance().value?.balance ?? null;
	const isPaid = cost !== null && balance !== null && (!balance.isMetered || cost.tokens <= balance.available);
	const { step, write } = useDrafting(onTake);
	return (
		<ConfirmDialog
			open
			title={t('rubric.draft.title')}
			confirmLabel={t('rubric.draft.confirm')}
			{...(step && { cancelLabel: t('rubric.draft.stop') })}
			isReady={isPaid}
			onConfirm={() => write(orderOf(question, about, model?.id, adapter))}
			onClose={onClose}
		>
			<Typography sx={{ color: 'text.secondary', mb: 2 }}>{t('rubric.draft.text')}</Typography>
			{step ? (
				<Box sx={{ minHeight: 104 }}>
					<ProgressLine
						title={step.kind === 'writing' ? t('rubric.draft.writing', { criteria: format.number(step.criteria) }) : t('rubric.draft.loading')}
						fraction={null}
					/>
				</Box>
			) : (
				<Box sx={{ minHeight: 104, display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: 1.5 }}>
					{models?.length === 0 && (
						<Button variant="outlined" component={Link} to="/models">
							{t('start.noModel')}
						</Button>
					)}
					<ModelChoice choice={choice} sx={{ width: 1 }} />
					<Typography role="status" sx={{ width: 1, minHeight: 42, color: cost && balance && !isPaid ? 'warning.main' : 'text.primary' }}>
						{model && error === null && (cost === null || balance === null) && <Skeleton component="span" />}
						{cost && balance && (
							<>
								{t('rubric.draft.cost', { tokens: format.number(cost.tokens) })}{' '}
								{balance.isMetered && t('start.left', { left: format.number(balance.available) })} {!isPaid && t('start.tooLittle')}
							</>
						)}
					</Typography>
					<ErrorNotice error={error} />
				</Box>
			)}
		</ConfirmDialog>
	);
}

type DraftOrder = Parameters<typeof client.grading.draftRubric>[0];

function orderOf({ text, key }: Props['question'], { subject, gradeLevel }: Props['about'], modelId = '', adapter: DraftOrder['adapter'] = null): DraftOrder {
	return { modelId, adapter, subject, gradeLevel, question: text, key };
}

/** Writes a draft, which ends with what shows it; `step` is null while none is written. */
function useDrafting(onTake: Props['onTake']) {
	const [step, setStep] = useState<Exclude<DraftStep, { kind: 'drafted' }> | null>(null);
	const running = useRef<AbortController | null>(null);
	useEffect(() => () => running.current?.abort(), []);
	const write = async (order: DraftOrder) => {
		const own = new AbortController();
		running.current = own;
		setStep({ kind: 'loading' });
		try {
			for await (const next of await client.grading.draftRubric(order, { signal: own.signal })) {
				if (own.signal.aborted) return;
				if (next.kind === 'drafted') onTake(next.rubric, next.modelName);
				else setStep(next);
			}
		} catch (error) {
			if (!own.signal.aborted) throw error;
		} finally {
			setStep(null);
		}
	};
	return { step, write };
}

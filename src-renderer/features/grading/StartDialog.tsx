import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttachedAdapter } from '#contract/attachedAdapter.ts';
import type { Outputs } from '#contract/contract.ts';
import type { Assignment } from '#contract/grading.ts';
import { client } from '../../rpc/client.ts';
import { useBalance } from '../../rpc/live.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';

interface Props {
	assignment: Assignment;
	modelId: string;
	adapter: AttachedAdapter | null;
	/** Everything anew, not only what is not graded yet. */
	again: boolean;
	onStart: () => Promise<void>;
	onClose: () => void;
}

/** Asks before a class is graded, with what it will cost; what the balance does not pay for cannot be started. */
export function StartDialog({ assignment, modelId, adapter, again, onStart, onClose }: Props) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const { submissions, unanswered } = assignment.counts;
	const balance = useBalance().value?.balance ?? null;
	const isMetered = balance === null || balance.isMetered;
	const { estimate, error } = useEstimate(isMetered ? { assignmentId: assignment.id, modelId, adapterId: adapter?.id ?? null, again } : null);
	const isPaid = !isMetered || (estimate !== null && balance !== null && estimate.tokens <= balance.available);
	return (
		<ConfirmDialog
			open
			title={t(again ? 'start.againTitle' : 'start.title')}
			confirmLabel={t(again ? 'start.again' : 'start.confirm')}
			isReady={isPaid}
			onConfirm={onStart}
			onClose={onClose}
		>
			{again && <Typography sx={{ mb: 1 }}>{t('start.againText', { answers: format.number(submissions - unanswered) })}</Typography>}
			{isMetered && (
				<Typography role="status" sx={{ minHeight: 42, fontVariantNumeric: 'tabular-nums', color: estimate && !isPaid ? 'warning.main' : 'text.primary' }}>
					{estimate === null || balance === null ? (
						error === null && <Skeleton component="span" />
					) : (
						<>
							{t('start.cost', { answers: format.number(estimate.answers), tokens: format.number(estimate.tokens), left: format.number(balance.available) })}{' '}
							{!isPaid && t('start.tooLittle')}
						</>
					)}
				</Typography>
			)}
			<ErrorNotice error={error} />
		</ConfirmDialog>
	);
}

type EstimateOrder = { assignmentId: string; modelId: string; adapterId: string | null; again: boolean };

/** About what a grading would cost; nothing is asked for null. */
function useEstimate(order: EstimateOrder | null): { estimate: Outputs['grading']['estimate'] | null; error: unknown } {
	const [state, setState] = useState<{ estimate: Outputs['grading']['estimate'] | null; error: unknown }>({ estimate: null, error: null });
	const { assignmentId, modelId, adapterId, again } = order ?? {};
	useEffect(() => {
		if (assignmentId === undefined || modelId === undefined) return;
		let isCurrent = true;
		client.grading.estimate({ assignmentId, modelId, adapter: adapterId ? { id: adapterId } : null, again }).then(
			(estimate) => isCurrent && setState({ estimate, error: null }),
			(error: unknown) => isCurrent && setState({ estimate: null, error }),
		);
		return () => {
			isCurrent = false;
		};
	}, [assignmentId, modelId, adapterId, again]);
	return state;
}

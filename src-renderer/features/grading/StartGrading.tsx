import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Assignment, GradeScope } from '#contract/grading.ts';
import { client } from '../../rpc/client.ts';
import { useBalance } from '../../rpc/live.ts';
import { usePickedModel } from '../../rpc/usePickedModel.ts';
import { forgetProposal, useProposal } from '../../rpc/useProposal.ts';
import { ModelChoice } from '../../ui/ModelChoice.tsx';
import { useGrading } from './gradingStore.ts';
import { StartButton } from './StartButton.tsx';
import { StartDialog } from './StartDialog.tsx';
import type { GradingWish } from './useEstimate.ts';

/** Picks the model, and an adapter for it, and grades the class: what is not graded yet, after asking where it costs of a balance, or what is chosen. */
export function StartGrading({ assignment }: { assignment: Assignment }) {
	const { t } = useTranslation('grading');
	const [asking, setAsking] = useState<GradeScope | null>(null);
	const [isStarting, setStarting] = useState(false);
	const proposal = useProposal('grading');
	const isMetered = useBalance().value?.balance.isMetered ?? false;
	const choice = usePickedModel(proposal ? { modelId: proposal.modelId, adapter: { id: proposal.adapterId, scale: 1 } } : assignment);
	const { models, model, adapter } = choice;
	if (models === null) return null;
	if (!model) {
		return (
			<Button variant="contained" component={Link} to="/models">
				{t('start.noModel')}
			</Button>
		);
	}
	const start = async (wish: GradingWish) => {
		const started = await client.grading.start({ assignmentId: assignment.id, modelId: model.id, adapter, ...wish });
		useGrading.setState({ assignment: started, error: null });
		forgetProposal();
	};
	const startAtOnce = async (scope: GradeScope) => {
		setStarting(true);
		try {
			await start({ scope, questionId: null, passes: 1 });
		} catch (error) {
			useGrading.setState({ error });
		} finally {
			setStarting(false);
		}
	};
	return (
		<>
			<ModelChoice choice={choice} sx={{ width: { xs: 148, lg: 220, xl: 300 } }} />
			<StartButton
				counts={assignment.counts}
				isStarting={isStarting}
				onStart={(scope) => (isMetered ? setAsking(scope) : void startAtOnce(scope))}
				onAsk={setAsking}
			/>
			{asking !== null && (
				<StartDialog assignment={assignment} modelId={model.id} adapter={adapter} scope={asking} onStart={start} onClose={() => setAsking(null)} />
			)}
		</>
	);
}

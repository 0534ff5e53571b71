import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AttachedAdapter } from '#contract/attachedAdapter.ts';
import type { Assignment, GradeScope } from '#contract/grading.ts';
import { client } from '../../rpc/client.ts';
import { useBalance, useDeployments, useModels } from '../../rpc/live.ts';
import { useAdaptersOf } from '../../rpc/useAdapters.ts';
import { useIsDemo } from '../../rpc/useIsDemo.ts';
import { AdapterPicker } from '../../ui/AdapterPicker.tsx';
import { DemoLabel } from '../../ui/DemoLabel.tsx';
import { useGrading } from './gradingStore.ts';
import { StartButton } from './StartButton.tsx';
import { StartDialog } from './StartDialog.tsx';
import type { GradingWish } from './useEstimate.ts';
import { forgetProposal, useProposal } from './useProposal.ts';

/** Picks the model, and an adapter for it, and grades the class: what is not graded yet, after asking where it costs of a balance, or what is chosen. */
export function StartGrading({ assignment }: { assignment: Assignment }) {
	const isDemo = useIsDemo();
	const { t } = useTranslation('grading');
	const models = usePickableModels();
	const [picked, setPicked] = useState<string | null>(null);
	const [asking, setAsking] = useState<GradeScope | null>(null);
	const [isStarting, setStarting] = useState(false);
	const [pickedAdapter, setPickedAdapter] = useState<AttachedAdapter | null | undefined>(undefined);
	const proposal = useProposal((state) => state.proposal);
	const isMetered = useBalance().value?.balance.isMetered ?? false;
	const model = models?.find(({ id }) => id === (picked ?? proposal?.modelId ?? assignment.modelId)) ?? models?.[0];
	const adapters = useAdaptersOf(model?.id ?? null);
	if (models === null) return null;
	if (!model) {
		return (
			<Button variant="contained" component={Link} to="/models">
				{t('start.noModel')}
			</Button>
		);
	}
	const proposed = model.id === proposal?.modelId ? { id: proposal.adapterId, scale: 1 } : null;
	const last = proposed ?? (model.id === assignment.modelId ? assignment.adapter : null);
	const wanted = pickedAdapter === undefined ? last : pickedAdapter;
	const adapter = adapters?.some(({ id }) => id === wanted?.id) ? wanted : null;
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
			<TextField
				select
				value={model.id}
				onChange={(event) => {
					setPicked(event.target.value);
					setPickedAdapter(undefined);
				}}
				sx={{ width: { xs: 148, lg: 220 } }}
				slotProps={{ select: { SelectDisplayProps: { 'aria-label': t('start.model') }, renderValue: () => model.name } }}
			>
				{models.map(({ id, name, isLoaded }) => (
					<MenuItem key={id} value={id} sx={{ gap: 1 }}>
						{name}
						{isDemo(id) && <DemoLabel />}
						{isLoaded && (
							<Typography component="span" variant="caption" sx={{ color: 'text.secondary', ml: 1 }}>
								{t('start.loaded')}
							</Typography>
						)}
					</MenuItem>
				))}
			</TextField>
			<AdapterPicker choices={adapters} value={adapter} onPick={setPickedAdapter} />
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

/** The models whose file is there, loaded ones first, then the last used first; null until known. */
function usePickableModels() {
	const { value: models } = useModels();
	const { value: deployments } = useDeployments();
	if (models === null) return null;
	const loaded = new Set((deployments ?? []).filter(({ state }) => state === 'running').map(({ modelId }) => modelId));
	return models
		.filter(({ kind, fileState }) => kind === 'model' && fileState === 'present')
		.map(({ id, name, lastUsedAt }) => ({ id, name, lastUsedAt, isLoaded: loaded.has(id) }))
		.sort((a, b) => Number(b.isLoaded) - Number(a.isLoaded) || (b.lastUsedAt ?? 0) - (a.lastUsedAt ?? 0));
}

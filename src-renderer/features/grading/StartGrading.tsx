import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Assignment } from '#contract/grading.ts';
import { useBalance, useDeployments, useModels } from '../../rpc/live.ts';
import { useFormat } from '../../ui/format.ts';
import { startGrading } from './gradingStore.ts';
import { StartDialog } from './StartDialog.tsx';

/** Picks the model and grades the class: what is not graded yet, after asking where it costs of a balance; once all is, everything again after asking. */
export function StartGrading({ assignment }: { assignment: Assignment }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const models = usePickableModels();
	const [picked, setPicked] = useState<string | null>(null);
	const [asking, setAsking] = useState<'rest' | 'again' | null>(null);
	const [isStarting, setStarting] = useState(false);
	const isMetered = useBalance().value?.balance.isMetered ?? false;
	if (models === null) return null;
	const model = models.find(({ id }) => id === (picked ?? assignment.modelId)) ?? models[0];
	if (!model) {
		return (
			<Button variant="contained" component={Link} to="/models">
				{t('start.noModel')}
			</Button>
		);
	}
	const { submissions, unanswered, graded } = assignment.counts;
	const left = submissions - unanswered - graded;
	const start = async (again: boolean) => {
		setStarting(true);
		await startGrading(assignment.id, model.id, again);
		setStarting(false);
	};
	return (
		<>
			<TextField
				select
				value={model.id}
				onChange={(event) => setPicked(event.target.value)}
				sx={{ width: { xs: 148, lg: 220 } }}
				slotProps={{ select: { SelectDisplayProps: { 'aria-label': t('start.model') }, renderValue: () => model.name } }}
			>
				{models.map(({ id, name, isLoaded }) => (
					<MenuItem key={id} value={id} sx={{ gap: 1 }}>
						{name}
						{isLoaded && (
							<Typography component="span" variant="caption" sx={{ color: 'text.secondary', ml: 1 }}>
								{t('start.loaded')}
							</Typography>
						)}
					</MenuItem>
				))}
			</TextField>
			{left > 0 ? (
				<Button variant="contained" loading={isStarting} onClick={() => (isMetered ? setAsking('rest') : void start(false))}>
					{graded === 0 ? t('start.all') : t('start.rest', { answers: format.number(left) })}
				</Button>
			) : (
				<Button variant="outlined" loading={isStarting} onClick={() => setAsking('again')}>
					{t('start.again')}
				</Button>
			)}
			{asking !== null && (
				<StartDialog
					assignment={assignment}
					modelId={model.id}
					again={asking === 'again'}
					onStart={() => start(asking === 'again')}
					onClose={() => setAsking(null)}
				/>
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

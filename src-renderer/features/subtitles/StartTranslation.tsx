import Button from '@mui/material/Button';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SubtitleProject } from '#contract/subtitles.ts';
import { usePickedModel } from '../../rpc/usePickedModel.ts';
import { useProposal } from '../../rpc/useProposal.ts';
import { ModelChoice } from '../../ui/ModelChoice.tsx';
import { keepDrafts } from './cueDraft.ts';
import { StartDialog } from './StartDialog.tsx';

/** Picks the model, and an adapter for it, and asks what of the film it is to translate; at once where an adapter was chosen elsewhere for it. */
export function StartTranslation({ project }: { project: SubtitleProject }) {
	const { t } = useTranslation('subtitles');
	const [isAsking, setAsking] = useState(false);
	const proposal = useProposal('subtitles');
	const choice = usePickedModel(proposal ? { modelId: proposal.modelId, adapter: { id: proposal.adapterId, scale: 1 } } : project);
	const { models, model, adapter } = choice;
	const isProposed = proposal !== null && adapter?.id === proposal.adapterId;
	useEffect(() => {
		if (isProposed) setAsking(true);
	}, [isProposed]);
	if (models === null) return null;
	if (!model) {
		return (
			<Button variant="contained" component={Link} to="/models">
				{t('start.noModel')}
			</Button>
		);
	}
	const ask = async () => {
		if (await keepDrafts()) setAsking(true);
	};
	const isAll = project.counts.translated >= project.counts.toTranslate;
	return (
		<>
			<ModelChoice choice={choice} sx={{ width: { xs: 148, lg: 220, xl: 300 } }} />
			<Button variant={isAll ? 'outlined' : 'contained'} onClick={() => void ask()}>
				{t('start.open')}
			</Button>
			{isAsking && <StartDialog project={project} modelId={model.id} adapter={adapter} onClose={() => setAsking(false)} />}
		</>
	);
}

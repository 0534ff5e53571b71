import LearnIcon from '@mui/icons-material/SchoolOutlined';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { SubtitleProject } from '#contract/subtitles.ts';
import { keepDrafts } from './cueDraft.ts';
import { teachFrom } from './subtitlesStore.ts';

/** Makes a dataset of what is approved, and goes to the training with it and the project's model chosen. */
export function LearnButton({ project }: { project: SubtitleProject }) {
	const { t } = useTranslation('subtitles');
	const navigate = useNavigate();
	const [isMaking, setMaking] = useState(false);
	const learn = async () => {
		if (!(await keepDrafts())) return;
		setMaking(true);
		const versionId = await teachFrom(project);
		setMaking(false);
		const model = project.modelId === null ? '' : `&model=${project.modelId}`;
		if (versionId !== null) await navigate(`/finetune/new?version=${versionId}${model}`);
	};
	const isThere = project.counts.approved > 0;
	return (
		<Tooltip title={isThere ? t('learn.act') : t('learn.nothing')}>
			<span>
				<IconButton aria-label={t('learn.act')} disabled={!isThere} loading={isMaking} onClick={() => void learn()} sx={{ ml: -1 }}>
					<LearnIcon fontSize="small" />
				</IconButton>
			</span>
		</Tooltip>
	);
}

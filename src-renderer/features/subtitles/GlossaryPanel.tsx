import Typography from '@mui/material/Typography';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { SubtitleCue } from '#contract/subtitleCue.ts';
import type { SubtitleProject } from '#contract/subtitles.ts';
import { visibleText } from '#contract/visibleText.ts';
import { GlossaryTerms } from './GlossaryTerms.tsx';
import { openGlossary } from './glossaryStore.ts';

/** The project's glossary; terms of the selected cue are marked. */
export function GlossaryPanel({ project, cue }: { project: SubtitleProject; cue: SubtitleCue | null }) {
	const { t } = useTranslation('subtitles');
	const { glossaryId, job } = project;
	const jobState = job?.state;
	// biome-ignore lint/correctness/useExhaustiveDependencies: a job that ends may have proposed terms
	useEffect(() => void openGlossary(glossaryId), [glossaryId, jobState]);
	if (glossaryId === null) return <Typography sx={{ color: 'text.secondary' }}>{t('glossary.none')}</Typography>;
	const isFoundNone = job?.pass === 'glossary' && job.state === 'completed';
	return <GlossaryTerms said={cue === null ? '' : visibleText(cue.source).toLowerCase()} empty={t(isFoundNone ? 'glossary.foundNone' : 'glossary.empty')} />;
}

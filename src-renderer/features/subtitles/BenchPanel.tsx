import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import type { SubtitleCue } from '#contract/subtitleCue.ts';
import type { SubtitleProject } from '#contract/subtitles.ts';
import type { BenchPanel as Panel } from './benchStore.ts';
import { FilmPanel } from './FilmPanel.tsx';
import { FindPanel } from './FindPanel.tsx';
import { GlossaryPanel } from './GlossaryPanel.tsx';
import { ReportPanel } from './ReportPanel.tsx';

export const panels = ['report', 'glossary', 'find', 'film'] as const satisfies readonly Panel[];

/** What stands beside the table. */
export function BenchPanel({ panel, project, cues, cue }: { panel: Panel; project: SubtitleProject; cues: readonly SubtitleCue[]; cue: SubtitleCue | null }) {
	const { t } = useTranslation('subtitles');
	return (
		<Box
			component="aside"
			aria-label={t(`panels.${panel}`)}
			sx={{
				// A narrow window has no room beside the table; there it covers it.
				...{ position: { xs: 'absolute', md: 'static' }, inset: 0, zIndex: 1, bgcolor: 'background.default' },
				...{ flex: 'none', width: { xs: '100%', md: 300, lg: 360 }, borderLeft: { md: 1 }, borderColor: { md: 'divider' }, overflow: 'auto', p: 1.5 },
			}}
		>
			{panel === 'glossary' && <GlossaryPanel project={project} cue={cue} />}
			{panel === 'find' && <FindPanel cues={cues} />}
			{panel === 'report' && <ReportPanel project={project} cues={cues} cue={cue} />}
			{panel === 'film' && <FilmPanel cues={cues} cue={cue} />}
		</Box>
	);
}

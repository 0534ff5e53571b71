import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { usualFps } from '#contract/breachesOf.ts';
import { rulesOf } from '#contract/readingRules.ts';
import type { SubtitleCue } from '#contract/subtitleCue.ts';
import type { SubtitleProject } from '#contract/subtitles.ts';
import { useAim } from '../../ui/useAim.ts';
import { cuesBetween, openingCue, readAfter, shownCues } from './arrangeCues.ts';
import { BenchDialogs } from './BenchDialogs.tsx';
import { BenchPanel } from './BenchPanel.tsx';
import { BenchToolbar } from './BenchToolbar.tsx';
import { selectCue, setFilter, setSearch, useBench } from './benchStore.ts';
import { CueEditor } from './CueEditor.tsx';
import { CueTable } from './CueTable.tsx';
import { keepDrafts } from './cueDraft.ts';
import { FailureOfJob } from './FailureOfJob.tsx';
import { readLastCue, rememberCue } from './lastCue.ts';
import { Timeline } from './Timeline.tsx';
import { useBenchKeys } from './useBenchKeys.ts';
import { warnOfDrafts } from './warnOfDrafts.ts';

/** The table of cues with the selected one below it, the timeline, and beside them the panel that is open. */
export function BenchWork({ project, cues }: { project: SubtitleProject; cues: readonly SubtitleCue[] }) {
	const { t } = useTranslation('subtitles');
	const { selectedId, anchorId, filter, search, panel, showsTimeline } = useBench();
	const shown = useMemo(() => shownCues(cues, filter, search, selectedId), [cues, filter, search, selectedId]);
	const at = Math.max(
		0,
		cues.findIndex(({ id }) => id === (selectedId ?? shown[0]?.id)),
	);
	const cue = cues[at];
	const chosen = useMemo(() => cuesBetween(shown, cue?.id ?? null, anchorId), [shown, cue, anchorId]);
	const rules = rulesOf(project);
	const fps = project.fps ?? usualFps;
	useBenchKeys(shown);
	useOpeningCue(project.id, cues);
	useEffect(() => {
		warnOfDrafts();
		// What could not be kept when the project was left.
		void keepDrafts();
	}, []);
	return (
		<Box sx={{ flex: 1, minHeight: 0, display: 'flex', flexDirection: 'column', borderTop: 1, borderColor: 'divider' }}>
			<BenchToolbar project={project} cues={cues} />
			<Box sx={{ flex: 1, minHeight: 0, display: 'flex', position: 'relative' }}>
				{/* Where the window is too low for all of it, it scrolls. */}
				<Box sx={{ flex: 1, minWidth: 0, display: 'flex', flexDirection: 'column', overflow: 'auto' }}>
					<FailureOfJob project={project} />
					<CueTable shown={shown} cues={cues} selectedId={cue?.id ?? null} chosen={chosen} rules={rules} fps={fps} />
					{cue && (
						<CueEditor
							project={project}
							cue={cue}
							number={at + 1}
							chosen={chosen}
							next={cues[at + 1] ?? null}
							nextRead={readAfter(cues, at)}
							rules={rules}
							fps={fps}
						/>
					)}
					{showsTimeline && cue && <Timeline cues={cues} selected={cue} />}
					<Typography
						variant="caption"
						component="p"
						noWrap
						sx={{ m: 0, px: 1.5, py: 0.5, flex: 'none', color: 'text.secondary', borderTop: 1, borderColor: 'divider' }}
					>
						{t('bench.keyLine')}
					</Typography>
				</Box>
				{panel !== null && <BenchPanel panel={panel} project={project} cues={cues} cue={cue ?? null} />}
			</Box>
			<BenchDialogs project={project} cues={cues} cue={cue ?? null} chosen={chosen} />
		</Box>
	);
}

/** Opens the project at the cue where it was left, and keeps where that is. */
function useOpeningCue(projectId: string, cues: readonly SubtitleCue[]): void {
	const selectedId = useBench((state) => state.selectedId);
	// biome-ignore lint/correctness/useExhaustiveDependencies: where it is opened is settled once, as its cues are there
	useEffect(() => {
		const cue = openingCue(cues, readLastCue(projectId));
		if (cue && useBench.getState().selectedId === null) selectCue(cue.id);
	}, [projectId]);
	useAim(['cue'], true, ({ cue }) => {
		if (cue === null || !cues.some(({ id }) => id === cue)) return;
		setFilter('all');
		setSearch('');
		selectCue(cue);
	});
	useEffect(() => {
		if (selectedId !== null) rememberCue(projectId, selectedId);
	}, [projectId, selectedId]);
}

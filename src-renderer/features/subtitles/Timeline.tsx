import TimesIcon from '@mui/icons-material/MoreTimeOutlined';
import ZoomInIcon from '@mui/icons-material/ZoomInOutlined';
import ZoomOutIcon from '@mui/icons-material/ZoomOutOutlined';
import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';
import { useEffect, useRef, useState, type WheelEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { SubtitleCue } from '#contract/subtitleCue.ts';
import { SymbolButton } from '../../ui/SymbolButton.tsx';
import { openDialog, setEditsTimes, useBench, zoom } from './benchStore.ts';
import { seekTo, useFilm } from './filmStore.ts';
import { TimelineCues } from './TimelineCues.tsx';
import { TimelineScale } from './TimelineScale.tsx';
import { TimelineWave } from './TimelineWave.tsx';
import { timelineHeightPx } from './timelineSizes.ts';
import { useWidth } from './useWidth.ts';

/** The film as a strip: its cues as bars where they stand in time. Only what is in sight is drawn. */
export function Timeline({ cues, selected }: { cues: readonly SubtitleCue[]; selected: SubtitleCue }) {
	const { t } = useTranslation('subtitles');
	const { msPerPx, editsTimes } = useBench();
	const positionMs = useFilm((state) => (state.url === null ? null : state.positionMs));
	const strip = useRef<HTMLDivElement>(null);
	const widthPx = useWidth(strip);
	const [fromMs, setFromMs] = useState(0);
	useEffect(() => {
		if (widthPx === 0) return;
		const roomMs = widthPx * msPerPx;
		// What is selected is brought into the first third, with what comes next in sight; where it is in sight nothing moves.
		setFromMs((from) =>
			selected.startMs >= from && selected.endMs <= from + roomMs ? from : Math.max(0, Math.min(selected.startMs, selected.endMs) - roomMs / 3),
		);
	}, [selected.startMs, selected.endMs, widthPx, msPerPx]);
	const toMs = fromMs + widthPx * msPerPx;
	const onWheel = (event: WheelEvent) => {
		if (event.ctrlKey) zoom(event.deltaY > 0 ? 1.25 : 0.8);
		else setFromMs(Math.max(0, fromMs + (event.deltaX + event.deltaY) * msPerPx));
	};
	const xOf = (ms: number) => (ms - fromMs) / msPerPx;
	return (
		<Box component="section" aria-label={t('timeline.label')} sx={{ flex: 'none', display: 'flex', borderTop: 1, borderColor: 'divider' }}>
			<Box
				ref={strip}
				onWheel={onWheel}
				sx={{ flex: 1, minWidth: 0, height: timelineHeightPx, bgcolor: 'surface.sunken', overflow: 'hidden', touchAction: 'none' }}
			>
				<svg width="100%" height={timelineHeightPx} role="img" aria-label={t('timeline.drawing')} style={{ display: 'block' }}>
					<TimelineScale fromMs={fromMs} toMs={toMs} xOf={xOf} onSeek={(x) => seekTo(fromMs + x * msPerPx)} />
					<TimelineWave fromMs={fromMs} toMs={toMs} msPerPx={msPerPx} />
					<TimelineCues cues={cues} selected={selected} fromMs={fromMs} toMs={toMs} msPerPx={msPerPx} isEditable={editsTimes} />
					{positionMs !== null && (
						<line
							x1={xOf(positionMs)}
							x2={xOf(positionMs)}
							y1={0}
							y2={timelineHeightPx}
							stroke="var(--mui-palette-error-main)"
							strokeWidth={1.5}
							pointerEvents="none"
						/>
					)}
				</svg>
			</Box>
			<Box sx={{ flex: 'none', width: 132, borderLeft: 1, borderColor: 'divider', px: 1, py: 0.5 }}>
				<Box sx={{ display: 'flex' }}>
					<SymbolButton label={t('timeline.zoomIn')} onClick={() => zoom(0.625)}>
						<ZoomInIcon fontSize="small" />
					</SymbolButton>
					<SymbolButton label={t('timeline.zoomOut')} onClick={() => zoom(1.6)}>
						<ZoomOutIcon fontSize="small" />
					</SymbolButton>
					<SymbolButton label={t('times.title')} onClick={() => openDialog('times')}>
						<TimesIcon fontSize="small" />
					</SymbolButton>
				</Box>
				<FormControlLabel
					control={<Switch size="small" checked={editsTimes} onChange={(_event, isOn) => setEditsTimes(isOn)} />}
					label={t('timeline.edit')}
					sx={{ ml: 0 }}
					slotProps={{ typography: { variant: 'caption' } }}
				/>
			</Box>
		</Box>
	);
}

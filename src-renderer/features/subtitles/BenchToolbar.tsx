import KeysIcon from '@mui/icons-material/KeyboardOutlined';
import RedoIcon from '@mui/icons-material/RedoOutlined';
import UndoIcon from '@mui/icons-material/UndoOutlined';
import TimelineIcon from '@mui/icons-material/ViewTimelineOutlined';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import InputBase from '@mui/material/InputBase';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Tooltip from '@mui/material/Tooltip';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { SubtitleCue } from '#contract/subtitleCue.ts';
import type { SubtitleProject } from '#contract/subtitles.ts';
import { useFormat } from '../../ui/format.ts';
import { type CueFilter, countByFilter, cueFilters } from './arrangeCues.ts';
import { panels } from './BenchPanel.tsx';
import { type BenchPanel, openDialog, setFilter, setSearch, togglePanel, toggleTimeline, useBench } from './benchStore.ts';
import { useTurnAct } from './useTurnAct.ts';

/** Which cues are shown, what stands beside them, and the way back. */
export function BenchToolbar({ project, cues }: { project: SubtitleProject; cues: readonly SubtitleCue[] }) {
	const { t } = useTranslation('subtitles');
	const format = useFormat();
	const { filter, search, panel, showsTimeline } = useBench();
	const counts = useMemo(() => countByFilter(cues), [cues]);
	const turn = useTurnAct();
	return (
		<Box
			role="toolbar"
			aria-label={t('bench.toolbar')}
			sx={{ flex: 'none', display: 'flex', alignItems: 'center', gap: 1, px: 1.5, py: 0.75, flexWrap: 'wrap' }}
		>
			<ToggleButtonGroup exclusive aria-label={t('bench.filter')} value={filter} onChange={(_event, chosen: CueFilter | null) => chosen && setFilter(chosen)}>
				{cueFilters.map((one) => (
					<ToggleButton key={one} value={one} sx={small}>
						{t(`bench.filters.${one}`, { cues: format.number(counts[one]) })}
					</ToggleButton>
				))}
			</ToggleButtonGroup>
			<InputBase
				value={search}
				onChange={(event) => setSearch(event.target.value)}
				placeholder={t('bench.search')}
				inputProps={{ 'aria-label': t('bench.search'), type: 'search' }}
				sx={{ flex: '1 1 110px', minWidth: 96, maxWidth: 240, border: 1, borderColor: 'surface.line', borderRadius: 1, px: 1, height: 30 }}
			/>
			<Turn label={t('bench.undo')} isThere={project.canUndo} onClick={() => void turn('undo')}>
				<UndoIcon fontSize="small" />
			</Turn>
			<Turn label={t('bench.redo')} isThere={project.canRedo} onClick={() => void turn('redo')}>
				<RedoIcon fontSize="small" />
			</Turn>
			<ToggleButtonGroup
				exclusive
				aria-label={t('bench.panels')}
				value={panel}
				onChange={(_event, chosen: BenchPanel | null) => togglePanel(chosen ?? panel ?? 'find')}
				sx={{ ml: 'auto' }}
			>
				{panels.map((one) => (
					<ToggleButton key={one} value={one} sx={small}>
						{t(`panels.${one}`)}
					</ToggleButton>
				))}
			</ToggleButtonGroup>
			<Tooltip title={t('timeline.toggle')}>
				<IconButton aria-label={t('timeline.toggle')} aria-pressed={showsTimeline} onClick={toggleTimeline} color={showsTimeline ? 'primary' : 'default'}>
					<TimelineIcon fontSize="small" />
				</IconButton>
			</Tooltip>
			<Tooltip title={t('keys.title')}>
				<IconButton aria-label={t('keys.title')} onClick={() => openDialog('keys')}>
					<KeysIcon fontSize="small" />
				</IconButton>
			</Tooltip>
		</Box>
	);
}

const small = { minHeight: 30, px: 1.25, py: 0.25, whiteSpace: 'nowrap' } as const;

function Turn({ label, isThere, onClick, children }: { label: string; isThere: boolean; onClick: () => void; children: ReactNode }) {
	return (
		<Tooltip title={label}>
			<span>
				<IconButton aria-label={label} disabled={!isThere} onClick={onClick}>
					{children}
				</IconButton>
			</span>
		</Tooltip>
	);
}

import { type PointerEvent, useMemo, useState } from 'react';
import type { SubtitleCue } from '#contract/subtitleCue.ts';
import { visibleText } from '#contract/visibleText.ts';
import { goTo } from './benchActs.ts';
import { endAct } from './cueDraft.ts';
import { type DragEdge, dragTimes } from './dragTimes.ts';
import { seekTo } from './filmStore.ts';
import { laneCues } from './laneCues.ts';
import { editCues } from './subtitlesStore.ts';
import { scaleHeightPx, timelineHeightPx } from './timelineSizes.ts';

/** Of all lanes together. */
const barsHeightPx = timelineHeightPx - scaleHeightPx - 8;
const edgePx = 6;

/** Where the words of a bar stand, the smaller the more lanes there are. */
function textAt(lanes: number): { y: number; sizePx: number } {
	return lanes > 3 ? { y: 11.5, sizePx: 10.5 } : { y: lanes > 2 ? 14 : 18, sizePx: 12 };
}

interface Props {
	cues: readonly SubtitleCue[];
	selected: SubtitleCue;
	fromMs: number;
	toMs: number;
	msPerPx: number;
	/** The selected cue can be dragged. */
	isEditable: boolean;
}

interface Drag {
	edge: DragEdge;
	/** Where the pointer was pressed. */
	x: number;
	byMs: number;
}

/** The cues in sight as bars. Pressing one selects it; where times can be changed the selected one is dragged, whole or by an end. */
export function TimelineCues({ cues, selected, fromMs, toMs, msPerPx, isEditable }: Props) {
	const [drag, setDrag] = useState<Drag | null>(null);
	const timesOf = (cue: SubtitleCue) => (drag && cue.id === selected.id ? dragTimes(cue, drag.edge, drag.byMs) : cue);
	const grab = (edge: DragEdge) => (event: PointerEvent) => {
		event.currentTarget.setPointerCapture(event.pointerId);
		setDrag({ edge, x: event.clientX, byMs: 0 });
	};
	const move = (event: PointerEvent) => {
		if (drag) setDrag({ ...drag, byMs: Math.round((event.clientX - drag.x) * msPerPx) });
	};
	const drop = () => {
		if (!drag) return;
		const { startMs, endMs } = timesOf(selected);
		if (startMs === selected.startMs && endMs === selected.endMs) {
			setDrag(null);
			return;
		}
		endAct();
		// The bar stays where it was dropped until the app has answered.
		void editCues([{ cueId: selected.id, startMs, endMs }]).finally(() => setDrag(null));
	};
	const lanes = useMemo(() => laneCues(cues), [cues]);
	const drawn = cues.filter((cue) => cue.id === selected.id || (lanes.has(cue.id) && cue.endMs >= fromMs && cue.startMs <= toMs));
	return drawn.map((cue) => {
		const { startMs, endMs } = timesOf(cue);
		const x = (startMs - fromMs) / msPerPx;
		const width = Math.max(2, (endMs - startMs) / msPerPx - 1);
		const { lane, of } = lanes.get(cue.id) ?? { lane: 0, of: 1 };
		const barHeightPx = barsHeightPx / of;
		const y = scaleHeightPx + lane * barHeightPx;
		const isSelected = cue.id === selected.id;
		const isDragged = isSelected && isEditable;
		const choose = () => {
			void goTo(cue.id);
			seekTo(cue.startMs);
		};
		return (
			// Every cue can be reached in the table; this is a shorter way for the pointer.
			<g key={cue.id} onPointerDown={isSelected ? undefined : choose} onPointerMove={isDragged ? move : undefined} onPointerUp={isDragged ? drop : undefined}>
				<title>{visibleText(cue.target ?? cue.source)}</title>
				<svg aria-hidden x={x} y={y} width={width} height={barHeightPx} overflow="hidden">
					<rect
						x={1}
						y={1}
						width={Math.max(1, width - 2)}
						height={barHeightPx - (of > 1 ? 1 : 2)}
						rx={3}
						onPointerDown={isDragged ? grab('both') : undefined}
						fill={isSelected ? 'var(--mui-palette-action-selected)' : 'var(--mui-palette-background-paper)'}
						stroke={isSelected ? 'var(--mui-palette-primary-main)' : 'var(--mui-palette-surface-line)'}
						strokeWidth={isSelected ? 2 : 1}
						fillOpacity={isSelected ? 1 : 0.72}
						style={{ cursor: isDragged ? 'grab' : 'pointer' }}
					/>
					<text
						x={6}
						y={textAt(of).y}
						fontSize={textAt(of).sizePx}
						fill={`var(--mui-palette-text-${cue.target === null ? 'secondary' : 'primary'})`}
						pointerEvents="none"
					>
						{visibleText(cue.target ?? cue.source).replaceAll('\n', ' ')}
					</text>
				</svg>
				{isDragged &&
					(['start', 'end'] as const).map((edge) => (
						<rect
							key={edge}
							x={(edge === 'start' ? x : x + width) - edgePx / 2}
							y={y}
							width={edgePx}
							height={barHeightPx}
							rx={2}
							fill="var(--mui-palette-primary-main)"
							onPointerDown={grab(edge)}
							style={{ cursor: 'ew-resize' }}
						/>
					))}
			</g>
		);
	});
}

import { create } from 'zustand';
import type { CueFilter } from './arrangeCues.ts';

export type BenchPanel = 'glossary' | 'find' | 'report' | 'film';
export type BenchDialog = 'keys' | 'save' | 'times' | 'project' | 'versions' | 'retranslate';

interface BenchState {
	/** The cue that is worked on; null: the first. */
	selectedId: string | null;
	/** Where the row of cues that are chosen begins or ends, the selected one being its other end; null: that one alone. */
	anchorId: string | null;
	/** The cues that the last undo or redo changed, to be seen until another one is selected. */
	turnedIds: readonly string[];
	filter: CueFilter;
	search: string;
	/** What stands beside the table. */
	panel: BenchPanel | null;
	dialog: BenchDialog | null;
	/** Times can be changed, by their fields and in the timeline. */
	editsTimes: boolean;
	showsTimeline: boolean;
	/** How much of the film a pixel of the timeline shows. */
	msPerPx: number;
}

const untouched: BenchState = {
	...{
		selectedId: null,
		anchorId: null,
		turnedIds: [],
		filter: 'all',
		search: '',
		panel: null,
		dialog: null,
		editsTimes: false,
		showsTimeline: true,
		msPerPx: 25,
	},
};

/** How the bench is looked at. What it shows is in `useSubtitles`. */
export const useBench = create<BenchState>(() => untouched);

/** Another project is looked at: which of its cues is settled when they are there (BenchWork.tsx). */
export function clearBench(): void {
	useBench.setState({ ...untouched, showsTimeline: useBench.getState().showsTimeline, panel: useBench.getState().panel });
}

export function selectCue(cueId: string): void {
	useBench.setState({ selectedId: cueId, anchorId: null, turnedIds: [] });
}

/** Brings cues that were changed elsewhere into view and marks them, without selecting any. */
export function showTurned(turnedIds: readonly string[]): void {
	useBench.setState({ turnedIds });
}

/** Selects another cue, with all that are shown up to it chosen: from the end that stands, or else `fromId`. */
export function extendTo(cueId: string, fromId: string): void {
	useBench.setState(({ anchorId }) => ({ selectedId: cueId, anchorId: anchorId ?? fromId }));
}

export function setFilter(filter: CueFilter): void {
	useBench.setState({ filter });
}

export function setSearch(search: string): void {
	useBench.setState({ search });
}

/** Opens a panel beside the table, or closes it where it is open. */
export function togglePanel(panel: BenchPanel): void {
	useBench.setState((state) => ({ panel: state.panel === panel ? null : panel }));
}

export function openPanel(panel: BenchPanel): void {
	useBench.setState({ panel });
}

export function openDialog(dialog: BenchDialog | null): void {
	useBench.setState({ dialog });
}

export function setEditsTimes(editsTimes: boolean): void {
	useBench.setState({ editsTimes });
}

export function toggleTimeline(): void {
	useBench.setState(({ showsTimeline }) => ({ showsTimeline: !showsTimeline }));
}

/** Shows so many times as much of the film in the timeline: 5 to 400 ms a pixel. */
export function zoom(by: number): void {
	useBench.setState(({ msPerPx }) => ({ msPerPx: Math.min(400, Math.max(5, msPerPx * by)) }));
}

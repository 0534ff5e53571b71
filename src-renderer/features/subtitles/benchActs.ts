import type { SubtitleCue } from '#contract/subtitleCue.ts';
import { approvable, type CueFilter, cuesBetween, nextCue, shownCues } from './arrangeCues.ts';
import { extendTo, selectCue, showTurned, useBench } from './benchStore.ts';
import { endAct, keepDrafts } from './cueDraft.ts';
import { useFilm } from './filmStore.ts';
import { focusTable } from './focusBench.ts';
import { splitTime } from './splitTime.ts';
import { editCues, retimeCues, turnBack, useSubtitles } from './subtitlesStore.ts';
import type { TurnedAct } from './turnedAct.ts';

/** Keeps what is typed, then selects another cue; one whose text could not be kept stays selected. With `fromId` all up to there are chosen. */
export async function goTo(cueId: string, fromId: string | null = null): Promise<void> {
	const before = useBench.getState().selectedId;
	if (fromId === null) selectCue(cueId);
	else extendTo(cueId, fromId);
	if (!(await keepDrafts()) && before !== null) selectCue(before);
}

/** Goes so many rows further in the list that is shown; with `extend` all up to there are chosen. */
export async function moveBy(shown: readonly SubtitleCue[], by: number, extend = false): Promise<void> {
	// Before any is chosen the first one is on the bench.
	const at = Math.max(
		0,
		shown.findIndex(({ id }) => id === useBench.getState().selectedId),
	);
	const to = shown[Math.max(0, Math.min(shown.length - 1, at + by))];
	if (to) await goTo(to.id, extend ? (shown[at]?.id ?? null) : null);
}

/** Goes to the next cue of its kind in the whole film. True when there is another one. */
export async function goToNext(filter: CueFilter): Promise<boolean> {
	// What is typed may settle whether the next one is doubtful.
	if (!(await keepDrafts())) return true;
	const to = nextCue(useSubtitles.getState().cues ?? [], useBench.getState().selectedId, filter);
	if (to) selectCue(to.id);
	return to !== null;
}

/** Approves those of the chosen cues that have a translation, or takes that back. */
export async function setApproved(isApproved: boolean): Promise<void> {
	if (!(await keepDrafts())) return;
	const cues = approvable(chosenCues(), {}).filter((cue) => cue.isApproved !== isApproved);
	if (cues.length === 0) return;
	endAct();
	await editCues(cues.map(({ id }) => ({ cueId: id, isApproved })));
}

/** Approves the cues that are chosen and goes to the next one of the list; those without a translation are passed over. */
export async function approveAndGoOn(shown: readonly SubtitleCue[]): Promise<void> {
	const ids = chosenCues().map(({ id }) => id);
	const next = shown[shown.findIndex(({ id }) => id === ids.at(-1)) + 1];
	// At once: whoever types on does not wait for the app. What could not be kept is looked at again.
	if (next) selectCue(next.id);
	const isKept = await keepDrafts();
	const chosen = useSubtitles.getState().cues?.filter(({ id }) => ids.includes(id)) ?? [];
	const cues = approvable(chosen, {}).filter(({ isApproved }) => !isApproved);
	if (isKept && cues.length === 0) return;
	endAct();
	const [first] = ids;
	if (first !== undefined && (!isKept || !(await editCues(cues.map(({ id }) => ({ cueId: id, isApproved: true })))))) selectCue(first);
}

/** Makes two cues of the selected one: where the film stands, if that is within it, else where its text is best divided. */
export async function splitSelected(): Promise<void> {
	if (!(await keepDrafts())) return;
	const { selectedId } = useBench.getState();
	const chosen = chosenCues();
	const cue = chosen.find(({ id }) => id === selectedId) ?? chosen[0];
	if (!cue) return;
	selectCue(cue.id);
	endAct();
	await retimeCues({ kind: 'split', cueId: cue.id, atMs: splitTime(cue, useFilm.getState().positionMs) });
}

/** Makes one cue of those that are chosen, or of one and the next of the film; pressed again, it takes in one more. Nothing happens at the last one. */
export async function mergeChosen(): Promise<void> {
	if (!(await keepDrafts())) return;
	const cues = useSubtitles.getState().cues ?? [];
	const chosen = chosenCues();
	const [first] = chosen;
	if (!first) return;
	const merged = chosen.length > 1 ? chosen : cues.slice(cues.indexOf(first)).slice(0, 2);
	if (merged.length < 2) return;
	selectCue(first.id);
	endAct();
	await retimeCues({ kind: 'merge', cueIds: merged.map(({ id }) => id) });
}

/** The cues that are worked on together, as they are now: one, or a row of those that are shown. Before any is selected it is the first (BenchWork.tsx). */
export function chosenCues(): readonly SubtitleCue[] {
	const { selectedId, anchorId, filter, search } = useBench.getState();
	const shown = shownCues(useSubtitles.getState().cues ?? [], filter, search, selectedId);
	return cuesBetween(shown, selectedId ?? shown[0]?.id ?? null, anchorId);
}

/**
 * Takes back the last act or does it again, and shows where that was; what is selected stays so, as the next letter typed goes there. Only
 * where the selected cue is gone by it another one is, and the keyboard goes to the table. Null where there was nothing. What is typed is to be
 * kept before (`keepDrafts`).
 */
export async function turnAct(way: 'undo' | 'redo'): Promise<TurnedAct | null | 'failed'> {
	endAct();
	const act = await turnBack(way);
	if (act === null || act === 'failed') return act;
	const { selectedId } = useBench.getState();
	const [first] = act.cueIds;
	if (first !== undefined && selectedId !== null && !useSubtitles.getState().cues?.some(({ id }) => id === selectedId)) {
		selectCue(first);
		focusTable();
	}
	showTurned(act.cueIds);
	return act;
}

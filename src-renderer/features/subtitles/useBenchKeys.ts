import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { SubtitleCue } from '#contract/subtitleCue.ts';
import { subtitleLimits } from '#contract/subtitleLimits.ts';
import { notify } from '../../ui/notify.ts';
import { approveAndGoOn, chosenCues, goToNext, mergeChosen, moveBy, splitSelected } from './benchActs.ts';
import { type BenchKey, benchKey } from './benchKey.ts';
import { openDialog, openPanel, selectCue, useBench } from './benchStore.ts';
import { togglePlaying } from './filmStore.ts';
import { focusTable, focusTarget } from './focusBench.ts';
import { useTurnAct } from './useTurnAct.ts';

/** Lets the keyboard work the bench, wherever on the page it is but in menus, dialogs and other fields. */
export function useBenchKeys(shown: readonly SubtitleCue[]): void {
	const { t } = useTranslation('subtitles');
	const turnAct = useTurnAct();
	const turn = useRef(turnAct);
	turn.current = turnAct;
	useEffect(() => {
		const fulfil = async (wish: BenchKey) => {
			if (wish.kind === 'move') await moveBy(shown, wish.by, wish.extends);
			else if (wish.kind === 'next') {
				if (!(await goToNext(wish.filter))) notify(t(`bench.noNext.${wish.filter}`));
			} else if (wish.kind === 'approveAndGoOn') await approveAndGoOn(shown);
			else if (wish.kind === 'undo' || wish.kind === 'redo') await turn.current(wish.kind);
			else if (wish.kind === 'merge') {
				const most = subtitleLimits.mergedCues;
				if (chosenCues().length > most) notify(t('bench.tooManyToMerge', { most }));
				else await mergeChosen();
			} else fulfilAtOnce(wish);
		};
		const onKeyDown = (event: KeyboardEvent) => {
			if (event.isComposing || event.defaultPrevented || isElsewhere(event)) return;
			const wish = benchKey(event, isText(event.target));
			if (wish === null || (wish.kind === 'leave' && !isText(event.target) && useBench.getState().anchorId === null)) return;
			event.preventDefault();
			void fulfil(wish);
		};
		window.addEventListener('keydown', onKeyDown);
		return () => window.removeEventListener('keydown', onKeyDown);
	}, [shown, t]);
}

function fulfilAtOnce(wish: BenchKey): void {
	if (wish.kind === 'edit') focusTarget();
	else if (wish.kind === 'leave') leave();
	else if (wish.kind === 'find') openPanel('find');
	else if (wish.kind === 'save') openDialog('save');
	else if (wish.kind === 'retranslate') openDialog('retranslate');
	else if (wish.kind === 'split') void splitSelected();
	else if (wish.kind === 'play') togglePlaying();
	else if (wish.kind === 'help') openDialog('keys');
}

/** Goes from the text to the table, and there from several cues to the one. */
function leave(): void {
	const { selectedId } = useBench.getState();
	if (selectedId !== null) selectCue(selectedId);
	focusTable();
}

function isText(target: EventTarget | null): boolean {
	return target instanceof HTMLElement && target.closest('input, textarea, [contenteditable]') !== null;
}

/** Menus, lists and dialogs have keys of their own; so has a button with Enter and the space bar. */
function isElsewhere({ target, key }: KeyboardEvent): boolean {
	if (!(target instanceof HTMLElement)) return false;
	if (target.closest('[role="menu"], [role="listbox"], [role="combobox"], [role="dialog"], video')) return true;
	return (key === 'Enter' || key === ' ') && target.closest('button, a, summary') !== null;
}

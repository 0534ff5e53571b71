import { useEffect } from 'react';
import type { Submission } from '#contract/grading.ts';
import { edit, select } from './deskStore.ts';
import { setMark } from './gradingStore.ts';

/** What a key asks of the desk. */
export type DeskKey = { kind: 'move'; by: number } | { kind: 'edit'; typed: string } | { kind: 'accept' };

/** Reads a key as a wish of the teacher: arrows and j, k move, Enter or a digit edits the mark, a accepts; null for all others. */
export function deskKey(key: string): DeskKey | null {
	if (key === 'ArrowDown' || key === 'j') return { kind: 'move', by: 1 };
	if (key === 'ArrowUp' || key === 'k') return { kind: 'move', by: -1 };
	if (key === 'PageDown') return { kind: 'move', by: 10 };
	if (key === 'PageUp') return { kind: 'move', by: -10 };
	if (key === 'Home') return { kind: 'move', by: Number.NEGATIVE_INFINITY };
	if (key === 'End') return { kind: 'move', by: Number.POSITIVE_INFINITY };
	if (key === 'Enter') return { kind: 'edit', typed: '' };
	if (/^\d$/.test(key)) return { kind: 'edit', typed: key };
	return key === 'a' ? { kind: 'accept' } : null;
}

/** Lets the keyboard work the desk, wherever on the page it is but in fields, menus and dialogs. */
export function useDeskKeys(shown: readonly Submission[], selected: Submission | null): void {
	useEffect(() => {
		if (selected === null) return;
		const onKeyDown = (event: KeyboardEvent) => {
			if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isForControl(event)) return;
			const wish = deskKey(event.key);
			if (wish === null) return;
			event.preventDefault();
			if (wish.kind === 'move') move(shown, selected, wish.by);
			else if (wish.kind === 'edit') edit(selected.id, wish.typed);
			else void acceptAndGoOn(shown, selected);
		};
		window.addEventListener('keydown', onKeyDown);
		return () => window.removeEventListener('keydown', onKeyDown);
	}, [shown, selected]);
}

/** Takes the model's proposal over as the mark and goes to the next submission. */
async function acceptAndGoOn(shown: readonly Submission[], submission: Submission): Promise<void> {
	const { proposal, mark } = submission;
	if (proposal === null || mark !== null) return;
	const next = shown[shown.findIndex(({ id }) => id === submission.id) + 1];
	if ((await setMark(submission.id, proposal.score, proposal.feedback)) && next) select(next.id);
}

function move(shown: readonly Submission[], selected: Submission, by: number): void {
	const from = shown.findIndex(({ id }) => id === selected.id);
	const to = shown[Math.max(0, Math.min(shown.length - 1, from + by))];
	if (to) select(to.id);
}

function isForControl({ target, key }: KeyboardEvent): boolean {
	if (!(target instanceof HTMLElement)) return false;
	if (target.closest('input, textarea, [contenteditable], [role="menu"], [role="listbox"], [role="combobox"], [role="dialog"]')) return true;
	return key === 'Enter' && target.closest('button, a, summary') !== null;
}

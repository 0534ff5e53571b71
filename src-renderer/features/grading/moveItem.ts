import { flushSync } from 'react-dom';

/** The list with one of its things a place up (-1) or down (1); as it is where there is no such place. */
export function moveItem<Item>(items: readonly Item[], at: number, by: -1 | 1): Item[] {
	const next = [...items];
	const [one, other] = [next[at], next[at + by]];
	if (one === undefined || other === undefined) return next;
	next[at] = other;
	next[at + by] = one;
	return next;
}

/** Does something that moves what has the focus elsewhere on the page, and leaves the focus on it. */
export function keepFocus(change: () => void): void {
	const focused = document.activeElement;
	flushSync(change);
	if (focused instanceof HTMLElement && focused !== document.activeElement) focused.focus();
}

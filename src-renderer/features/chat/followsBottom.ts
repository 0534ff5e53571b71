/** Where a scrolling pane stands, in CSS pixels. */
export interface ScrollPlace {
	top: number;
	height: number;
	viewHeight: number;
}

const nearBottomPx = 40;

/**
 * Decides for the thread whether it goes on following the newest text after the pane has scrolled.
 *
 * Only a move upwards lets go, so that text growing between two events never looks like the reader leaving; being within
 * 40 pixels of the end takes hold again.
 */
export function followsBottom(following: boolean, previousTop: number, place: ScrollPlace): boolean {
	if (place.height - place.top - place.viewHeight <= nearBottomPx) return true;
	return following && place.top >= previousTop;
}

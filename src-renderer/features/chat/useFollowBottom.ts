import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import { followsBottom } from './followsBottom.ts';

/**
 * Keeps a scrolling pane at its end while its content grows, until the reader scrolls up.
 *
 * `isFollowing` tells whether it does; `jumpToEnd` goes to the end and follows again; `leaveEnd` scrolls elsewhere and follows no more.
 */
export function useFollowBottom(
	scroller: RefObject<HTMLElement | null>,
	content: RefObject<HTMLElement | null>,
): { isFollowing: boolean; jumpToEnd: () => void; leaveEnd: (scroll: () => void) => void } {
	const [isFollowing, setFollowing] = useState(true);
	const following = useRef(true);

	const toEnd = useCallback(() => {
		const pane = scroller.current;
		if (pane) pane.scrollTop = pane.scrollHeight;
	}, [scroller]);

	useLayoutEffect(() => {
		const pane = scroller.current;
		const grown = content.current;
		if (!pane || !grown) return;
		let previousTop = pane.scrollTop;
		const onScroll = () => {
			following.current = followsBottom(following.current, previousTop, { top: pane.scrollTop, height: pane.scrollHeight, viewHeight: pane.clientHeight });
			previousTop = pane.scrollTop;
			setFollowing(following.current);
		};
		const keepUp = () => {
			if (following.current) toEnd();
		};
		const sizes = new ResizeObserver(keepUp);
		sizes.observe(grown);
		sizes.observe(pane);
		pane.addEventListener('scroll', onScroll, { passive: true });
		return () => {
			sizes.disconnect();
			pane.removeEventListener('scroll', onScroll);
		};
	}, [scroller, content, toEnd]);

	const jumpToEnd = useCallback(() => {
		following.current = true;
		setFollowing(true);
		toEnd();
	}, [toEnd]);

	const leaveEnd = useCallback((scroll: () => void) => {
		following.current = false;
		setFollowing(false);
		scroll();
	}, []);

	return { isFollowing, jumpToEnd, leaveEnd };
}

import { type RefObject, useEffect, useState } from 'react';

/** How far an element lies below the start of what it scrolls in, in pixels; followed as what is above it grows and shrinks. */
export function useOffsetIn(scroller: RefObject<HTMLDivElement | null>, element: RefObject<HTMLDivElement | null>): number {
	const [offset, setOffset] = useState(0);
	useEffect(() => {
		const content = scroller.current?.firstElementChild;
		if (!content) return;
		const measure = () => {
			if (!scroller.current || !element.current) return;
			setOffset(Math.round(element.current.getBoundingClientRect().top - scroller.current.getBoundingClientRect().top + scroller.current.scrollTop));
		};
		const observer = new ResizeObserver(measure);
		observer.observe(content);
		return () => observer.disconnect();
	}, [scroller, element]);
	return offset;
}

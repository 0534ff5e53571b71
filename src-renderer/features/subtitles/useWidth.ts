import { type RefObject, useEffect, useState } from 'react';

/** How wide an element is, in pixels, followed as it changes; 0 until it is measured. */
export function useWidth(element: RefObject<HTMLDivElement | null>): number {
	const [width, setWidth] = useState(0);
	useEffect(() => {
		if (!element.current) return;
		const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
		observer.observe(element.current);
		return () => observer.disconnect();
	}, [element]);
	return width;
}

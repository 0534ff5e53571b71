import { type RefObject, useEffect, useState } from 'react';

/** Tells whether an element is in sight or nearly so. */
export function useInSight(element: RefObject<Element | null>): boolean {
	const [isInSight, setInSight] = useState(false);
	useEffect(() => {
		if (element.current === null) return;
		const observer = new IntersectionObserver(([entry]) => setInSight(entry?.isIntersecting ?? false), { rootMargin: '100px' });
		observer.observe(element.current);
		return () => observer.disconnect();
	}, [element]);
	return isInSight;
}

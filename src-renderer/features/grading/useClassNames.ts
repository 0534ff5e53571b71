import { useEffect, useState } from 'react';
import { client } from '../../rpc/client.ts';

/** The classes that handed something in before, the last one first. */
export function useClassNames(): string[] {
	const [names, setNames] = useState<string[]>([]);
	useEffect(() => {
		let isCurrent = true;
		client.grading.list().then(
			(assignments) => isCurrent && setNames([...new Set(assignments.map(({ className }) => className).filter((name) => name !== ''))]),
			// A name can be typed all the same.
			() => undefined,
		);
		return () => {
			isCurrent = false;
		};
	}, []);
	return names;
}

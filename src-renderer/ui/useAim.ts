import { useEffect } from 'react';
import { useSearchParams } from 'react-router';

/**
 * Takes what the address aims at, such as `?message=…`, to `show` it once `isReady`, and takes it off the address, so that a reload or a way
 * back does not aim again. `show` gets what each of `names` says, null where it says nothing of it.
 */
export function useAim<const Name extends string>(names: readonly Name[], isReady: boolean, show: (aim: Record<Name, string | null>) => void): void {
	const [asked, setAsked] = useSearchParams();
	const isAimed = names.some((name) => asked.has(name));
	// biome-ignore lint/correctness/useExhaustiveDependencies: it is shown once, as it is ready
	useEffect(() => {
		if (!isAimed || !isReady) return;
		// The names are those that are asked for.
		show(Object.fromEntries(names.map((name) => [name, asked.get(name)])) as Record<Name, string | null>);
		const others = new URLSearchParams(asked);
		for (const name of names) others.delete(name);
		setAsked(others, { replace: true });
	}, [isAimed, isReady, asked]);
}

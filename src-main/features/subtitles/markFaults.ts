import type { BatchCue } from './BatchCue.ts';

/** How many marks of tags a translation has lost, doubled or made up. */
export function markFaults({ lifted }: Pick<BatchCue, 'lifted'>, text: string): number {
	const found = [...text.matchAll(/⟦(\d{1,3})⟧/g)].map(([, digits]) => Number(digits));
	const wanted = lifted.within.map((_, at) => at + 1);
	const off = wanted.reduce((sum, number) => sum + Math.abs(found.filter((each) => each === number).length - 1), 0);
	return off + found.filter((number) => !wanted.includes(number)).length;
}

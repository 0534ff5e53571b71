import type { RunPoint } from '#contract/finetune.ts';

/** The steps that tell the speed now. */
const latest = 30;

/**
 * How long the steps of a run still take, in milliseconds, from the middle one of the last steps: a pause or a measurement between two of
 * them tells nothing. Null before two steps were taken, and while it is not known how many there will be.
 */
export function timeLeftMs(points: readonly Pick<RunPoint, 'step' | 'at'>[], totalSteps: number | null): number | null {
	const last = points.at(-1);
	if (last === undefined || totalSteps === null) return null;
	const recent = points.slice(-latest - 1);
	const perStep = recent
		.slice(1)
		.map(({ step, at }, index) => {
			const before = recent[index];
			return before && step > before.step ? (at - before.at) / (step - before.step) : null;
		})
		.filter((ms): ms is number => ms !== null && ms >= 0)
		.sort((a, b) => a - b);
	const middle = perStep[Math.floor(perStep.length / 2)];
	return middle === undefined ? null : middle * Math.max(0, totalSteps - last.step);
}

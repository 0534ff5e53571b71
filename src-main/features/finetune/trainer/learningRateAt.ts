/** How fast a training learns over its steps. */
export interface LearningSchedule {
	/** The highest learning rate. */
	peak: number;
	/** Steps over which it rises to that in a straight line. */
	warmUpSteps: number;
	/** All steps, the warm-up included. */
	totalSteps: number;
	/** What the last step learns with, as a share of the peak. */
	lastFraction: number;
}

/** The learning rate of a step, counted from 0: a straight rise, then half a cosine down to what the last step has. */
export function learningRateAt(step: number, { peak, warmUpSteps, totalSteps, lastFraction }: LearningSchedule): number {
	if (step < warmUpSteps) return (peak * (step + 1)) / warmUpSteps;
	const done = Math.min(1, (step - warmUpSteps) / Math.max(1, totalSteps - 1 - warmUpSteps));
	return peak * (lastFraction + (1 - lastFraction) * 0.5 * (1 + Math.cos(Math.PI * done)));
}

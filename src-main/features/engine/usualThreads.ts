/**
 * The threads to compute with where nobody said how many: one for each core, but for one that stays with the app and whatever else is in use. At
 * least 1.
 *
 * Every step of llama.cpp waits for its slowest thread, so one that has to share its core holds up all others (measured on two cores with a
 * browser at work: 258 s with two threads, 15 s with one).
 */
export function usualThreads(physicalCores: number): number {
	return Math.max(1, physicalCores - 1);
}

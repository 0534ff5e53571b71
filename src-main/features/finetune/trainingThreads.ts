import { availableParallelism } from 'node:os';
import { usualThreads } from '../engine/engine.ts';

/**
 * The threads that a training computes with: those that were asked for, else as many as the engine is set to, else as many as it takes by itself.
 * More than the machine computes with at once are never taken: they only wait for one another, and everybody else for them.
 */
export function trainingThreads(
	asked: number | null,
	ofEngine: number | null,
	physicalCores: number,
	most = Math.max(physicalCores, availableParallelism()),
): number {
	return Math.min(asked ?? ofEngine ?? usualThreads(physicalCores), most);
}

import { useRef } from 'react';
import type { Answer, Question } from '#contract/grading.ts';
import { deskTrust } from './deskTrust.ts';

/**
 * How far the proposals on the desk can be trusted (deskTrust.ts), by the marks that there were when `occasion` was last another: an order that
 * followed each mark would move what has just been settled, and what stands next.
 */
export function useDeskTrust(question: Question | undefined, answers: readonly Answer[] | null, occasion: string): ReadonlyMap<string, number> {
	const kept = useRef<{ occasion: string; trust: ReadonlyMap<string, number> }>({ occasion: '', trust: none });
	if (question === undefined || answers === null) return none;
	if (kept.current.occasion !== occasion) kept.current = { occasion, trust: deskTrust(question, answers) };
	return kept.current.trust;
}

const none: ReadonlyMap<string, number> = new Map();

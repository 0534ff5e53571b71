import { z } from 'zod';
import type { TaskKind, TaskScore } from '#contract/finetune.ts';
import { type ChrfCounts, chrfOf, countChrf } from './chrf.ts';

/** How one answer compares with what was expected. */
export interface AnswerScore {
	/** 0..1: word for word (0 or 1), chrF / 100, or 1 less a hundredth of each point that a mark is off. */
	score: number;
	exact: boolean;
	/** Of a mark: how many points it is off; null for other tasks. */
	error: number | null;
	chrf: ChrfCounts;
}

const highestMark = 100;
const markJson = z.looseObject({ score: z.number().min(0).max(highestMark) });

/**
 * Compares an answer with what was expected, by the task. A mark that cannot be read out of the answer is as far off as a mark can be; one
 * that was expected without a score in it is compared word for word.
 */
export function scoreAnswer(task: TaskKind, expected: string, answer: string): AnswerScore {
	const same = plain(answer) === plain(expected);
	const chrf = countChrf(answer, expected);
	if (task === 'marks') {
		const wanted = readMark(expected);
		if (wanted !== null) {
			const given = readMark(answer);
			const error = given === null ? Math.max(wanted, highestMark - wanted) : Math.abs(given - wanted);
			return { score: given === null ? 0 : 1 - error / highestMark, exact: given === wanted, error, chrf };
		}
	}
	return { score: task === 'translation' ? chrfOf([chrf]) / 100 : Number(same), exact: same, error: null, chrf };
}

/** The score of all held-out examples together; null where there are none. */
export function summarizeScores(task: TaskKind, scores: readonly AnswerScore[]): TaskScore | null {
	if (scores.length === 0) return null;
	const errors = scores.flatMap(({ error }) => error ?? []);
	return {
		examples: scores.length,
		exact: scores.filter(({ exact }) => exact).length / scores.length,
		meanError: errors.length === 0 ? null : errors.reduce((sum, error) => sum + error, 0) / errors.length,
		chrf: task === 'marks' ? null : chrfOf(scores.map(({ chrf }) => chrf)),
	};
}

/** What is the same to a reader: forms of a character, and how much white space there is. */
function plain(text: string): string {
	return text.normalize('NFKC').replace(/\s+/gu, ' ').trim();
}

/** The score in the JSON of a grade, also where other text stands around it. */
function readMark(text: string): number | null {
	const [from, to] = [text.indexOf('{'), text.lastIndexOf('}')];
	if (from === -1 || to < from) return null;
	try {
		return markJson.parse(JSON.parse(text.slice(from, to + 1))).score;
	} catch {
		// Whatever it is, it is no mark.
		return null;
	}
}

import type { Criterion, Level, Rubric } from '#contract/rubric.ts';
import { newId } from './newId.ts';
import { parsePoints } from './parsePoints.ts';

/** What is odd in a pasted rubric: its row as pasted, from 1, its column from 1, and the cell. */
export interface RubricProblem {
	row: number;
	column: number;
	code: 'unnamed' | 'pointsMissing' | 'fewLevels' | 'tooLong' | 'tooMany';
	detail: string;
}

export interface PastedRubric {
	rubric: Rubric;
	problems: RubricProblem[];
}

const mostCriteria = 20;
const mostLevels = 10;
/** Points at the end of a heading: `Excellent (4)`, `优秀（4分）`, `Good: 3 pts`. */
const pointsAtEnd = /^(.*?)[\s:：]*[([（【]?\s*([-−]?\d+(?:[.,]\d+)?|[½¼¾])\s*(?:points?|pts?|marks?|分)?\s*[)\]）】]?$/iu;
/** Points at the beginning of a cell, set off from what is said after them: `4 - explains why`. */
const pointsAtBeginning = /^([-−]?\d+(?:[.,]\d+)?)\s*(?:points?|pts?|marks?|分)?\s*[-–—:：]\s+(.+)$/isu;

/**
 * A rubric out of the rows of a spreadsheet: name, description, then a column for each level.
 *
 * The first row is taken as headings where its levels are words. A level's cell says its points, or what an answer at it shows with the points in
 * the heading (`Good (3)`), or both (`3 - names one`). An empty cell is a level that this criterion does not have. Rows with a problem are left
 * out and told, as are those that there is no `room` for; nothing else is.
 */
export function rubricFromTable(rows: readonly (readonly string[])[], levelName: (points: number) => string, room = mostCriteria): PastedRubric {
	const filled = rows.map((cells, at) => ({ row: at + 1, cells: cells.map((cell) => cell.trim()) })).filter(({ cells }) => cells.some((cell) => cell !== ''));
	const [first] = filled;
	const hasHeadings = first?.cells.slice(2).some((cell) => cell !== '' && Number.isNaN(parsePoints(cell)) && !pointsAtBeginning.test(cell)) ?? false;
	const headings = hasHeadings && first ? first.cells.map(readHeading) : [];
	const read = filled.slice(hasHeadings ? 1 : 0).map(({ row, cells }) => readRow(row, cells, headings, levelName));
	const criteria = read.flatMap(({ criterion }) => (criterion ? [criterion] : []));
	const problems = read.flatMap((each) => each.problems);
	if (criteria.length > room) problems.push({ row: rows.length, column: 1, code: 'tooMany', detail: String(criteria.length) });
	return { rubric: criteria.slice(0, room), problems };
}

interface Heading {
	name: string;
	points: number;
}

function readHeading(cell: string): Heading {
	const [, name = '', points = ''] = pointsAtEnd.exec(cell) ?? [];
	return name === '' ? { name: cell, points: Number.NaN } : { name, points: parsePoints(points) };
}

function readRow(
	row: number,
	cells: readonly string[],
	headings: readonly Heading[],
	levelName: (points: number) => string,
): { criterion: Criterion | null; problems: RubricProblem[] } {
	const [name = '', description = '', ...rest] = cells;
	const problems: RubricProblem[] = [];
	const tell = (column: number, code: RubricProblem['code'], detail: string) => problems.push({ row, column, code, detail: detail.slice(0, 60) });
	if (name === '') tell(1, 'unnamed', description);
	if (name.length > 200) tell(1, 'tooLong', name);
	if (description.length > 2000) tell(2, 'tooLong', description);
	const levels = rest.flatMap((cell, at): Level[] => {
		if (cell === '') return [];
		const { points, words } = readLevel(cell, headings[at + 2]);
		if (Number.isNaN(points)) tell(at + 3, 'pointsMissing', cell);
		if (words.length > 1000) tell(at + 3, 'tooLong', words);
		return [{ id: newId(), name: headings[at + 2]?.name.slice(0, 100) || levelName(points), description: words, points }];
	});
	if (levels.length < 2) tell(3, 'fewLevels', name);
	if (levels.length > mostLevels) tell(mostLevels + 3, 'tooMany', String(levels.length));
	return { criterion: problems.length > 0 ? null : { id: newId(), kind: 'levels', name, description, levels, byCheck: false }, problems };
}

function readLevel(cell: string, heading: Heading | undefined): { points: number; words: string } {
	const alone = parsePoints(cell);
	if (!Number.isNaN(alone)) return { points: alone, words: '' };
	const [, points, words = ''] = pointsAtBeginning.exec(cell) ?? [];
	return points === undefined ? { points: heading?.points ?? Number.NaN, words: cell } : { points: parsePoints(points), words: words.trim() };
}

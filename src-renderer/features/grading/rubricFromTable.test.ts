import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rubric } from '#contract/rubric.ts';
import { rubricFromTable } from './rubricFromTable.ts';

const levelName = (points: number) => `${points} points`;
const read = (...rows: string[][]) => {
	const { rubric: made, problems } = rubricFromTable(rows, levelName);
	return {
		rows: made.map(({ name, description, levels }) => [name, description, ...levels.map((level) => [level.name, level.description, level.points])]),
		problems,
	};
};

test('points in the cells, levels in the headings', () => {
	expect(read(['Criterion', 'What it means', 'Full', 'Half', 'None'], ['Cause', 'names chlorophyll', '2', '1', '0'], ['Words', '', '1', '0,5', '0'])).toEqual({
		rows: [
			['Cause', 'names chlorophyll', ['Full', '', 2], ['Half', '', 1], ['None', '', 0]],
			['Words', '', ['Full', '', 1], ['Half', '', 0.5], ['None', '', 0]],
		],
		problems: [],
	});
});

test('points in the headings or before the words of a cell, in English and Chinese', () => {
	expect(
		read(['标准', '说明', '优秀（4分）', '一般(2)', '无 0'], ['原因', '', '说明叶绿素', '提到颜色', '没有'], ['例子', '', '3 - 两个', '1 - 一个', '']),
	).toEqual({
		rows: [
			['原因', '', ['优秀', '说明叶绿素', 4], ['一般', '提到颜色', 2], ['无', '没有', 0]],
			['例子', '', ['优秀', '两个', 3], ['一般', '一个', 1]],
		],
		problems: [],
	});
});

test('without headings the first row is a criterion, too', () => {
	expect(read(['Cause', '', '2', '0'], ['Result', '', '1', '0']).rows).toEqual([
		['Cause', '', ['2 points', '', 2], ['0 points', '', 0]],
		['Result', '', ['1 points', '', 1], ['0 points', '', 0]],
	]);
});

test('what cannot be a criterion is told by row and column and the rest is kept', () => {
	expect(
		read(['Name', 'Text', 'Full', 'None'], ['', 'no name', '1', '0'], ['One level', '', '1', ''], ['Words', '', 'good', '0'], ['Fine', '', '1', '0']),
	).toEqual({
		rows: [['Fine', '', ['Full', '', 1], ['None', '', 0]]],
		problems: [
			{ row: 2, column: 1, code: 'unnamed', detail: 'no name' },
			{ row: 3, column: 3, code: 'fewLevels', detail: 'One level' },
			{ row: 4, column: 3, code: 'pointsMissing', detail: 'good' },
		],
	});
});

test('whatever is pasted, what comes out is a rubric, and each row is in it or told', () => {
	const cell = fc.oneof(fc.string(), fc.constantFrom('', '1', '0,5', 'Good (3)', '2 - well', 'x'.repeat(3000)));
	fc.assert(
		fc.property(fc.array(fc.array(cell, { maxLength: 14 }), { maxLength: 30 }), (rows) => {
			const { rubric: made, problems } = rubricFromTable(rows, levelName);
			expect(rubric.safeParse(made).success).toBe(true);
			const filled = rows.filter((cells) => cells.some((each) => each.trim() !== '')).length;
			expect(made.length + new Set(problems.map(({ row }) => row)).size).toBeGreaterThanOrEqual(Math.min(filled - 1, 20));
		}),
	);
});

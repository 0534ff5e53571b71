import { expect, test } from 'vitest';
import { readTable } from '../../../platform/csv/readTable.ts';
import { findHeader } from './findHeader.ts';

test.for([
	['nothing', 'id,name,answer\n1,Ann,x\n2,Bo,y', 1],
	['a title that fills one cell, as spreadsheets write it', 'Springfield School,,\nYear 8,,\nid,name,answer\n1,Ann,x', 3],
	['a title in a line of its own', 'Springfield School\nid,name,answer\n1,Ann,x\n2,Bo,y', 2],
	['blank rows', '\n,,\nid,name,answer\n1,Ann,x', 3],
	['a form to fill in, wider than a title', 'School,Springfield,,Class,8a\n,,,,\nNo,Name,Class,Q1,Q2\n1,Ann,8a,x,y\n2,Bo,8a,x,y', 3],
	['a title in Chinese', '第一中学八年级期中考试,,\n教师：王,,\n学号,姓名,作答\n1,王,光\n2,李,', 3],
	['answers that many left out', 'Test 1,,,\nid,Q1,Q2,Q3\n1,x,,\n2,,,\n3,x,y,z', 2],
] as const)('finds the header below %s', async ([, text, row]) => {
	expect((await readTable({ text }, { findHeader })).headerRow).toBe(row);
});

test.for([
	['a column without a name', 'id,answer,,answer\n1,a,b,c\n2,a,b,c'],
	['names that mean nothing here', 'Eins,Zwei,Drei\n1,a,b\n2,a,b'],
	['an answer that is the name of a column', 'No,What is this?\n1,Name\n2,class'],
	['one column alone', 'answer\nlight\nwater'],
	['rows that are wider than it', 'id,answer\n1,a,b,c\n2,a,b\n3,a'],
] as const)('leaves a header in the first row where it is, with %s', async ([, text]) => {
	expect((await readTable({ text }, { findHeader })).headerRow).toBe(1);
});

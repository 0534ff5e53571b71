import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import readExcelFile from 'read-excel-file/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer, Assignment, QuestionFields } from '#contract/grading.ts';
import type { Criterion } from '#contract/rubric.ts';
import { everyOwner } from '../../platform/database/owned.ts';
import { exampleFields, mappingOf, openGradingStage } from './openGradingStage.test-support.ts';
import { answer, mark as markTable, proposal, question } from './schema.ts';

type Stage = Awaited<ReturnType<typeof openGradingStage>>;
let folder: string;
let stage: Stage;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'homeroom-report-'));
	stage = await openGradingStage(folder);
}, 60_000);
afterAll(async () => {
	await stage.close();
	await rm(folder, { recursive: true });
});

const level = (id: string, points: number) => ({ id, name: id, description: '', points });
const wave: Criterion = {
	...{ id: 'wave', kind: 'levels', name: 'Wave', description: '', byCheck: false },
	levels: [level('full', 4), level('half', 2), level('none', 0)],
};
const light: QuestionFields = { name: 'Light', text: 'What is light?', key: '', points: 4, check: { kind: 'none' }, rubric: [wave] };
const sound: QuestionFields = { ...light, name: 'Sound', text: 'What is sound?' };
const pointsOf = { full: 4, half: 2, none: 0 };
type LevelId = keyof typeof pointsOf;

/** A class of two questions; the proposals for the first choose these levels, in the order of the rows, with the first word as evidence. */
async function createClass(
	rows: readonly [string, string][],
	proposed: readonly (LevelId | null)[],
): Promise<{ made: Assignment; first: Answer[]; id: string; questionId: string }> {
	const text = ['id,Light,Sound', ...rows.map(([one, other], at) => `${at + 1},${one},${other}`)].join('\n');
	const made = await stage.grading.create('ann', exampleFields, [light, sound], { input: { text } }, mappingOf(['Light', 'Sound']));
	const questionId = made.questions[0]?.id ?? '';
	const bases = stage.db.select().from(question).where(everyOwner(question.assignmentId)).all();
	const basis = bases.find(({ id }) => id === questionId)?.basis ?? '';
	for (const [at, { id, text: said }] of stage.grading.answers('ann', made.id, questionId).entries()) {
		const levelId = proposed[at] ?? null;
		if (levelId === null) continue;
		const quote = said.split(' ')[0] ?? '';
		const verdict = { criterionId: 'wave', levelId, quote, place: { start: 0, end: quote.length }, reason: 'r', decidedBy: 'model' } as const;
		const judged = { id: randomUUID(), answerId: id, basis, score: 0, points: pointsOf[levelId], outOf: 4, verdicts: [verdict], feedback: 'Seen.' };
		stage.db
			.insert(proposal)
			.values({ ...judged, suggestions: ['More.'], confidence: 0.9 - at / 10, doubts: [], decidedBy: 'model', modelName: 'Tiny', tokens: 1, createdAt: 1 })
			.run();
		stage.db
			.update(answer)
			.set({ status: 'graded' })
			.where(everyOwner(answer.assignmentId, eq(answer.id, id)))
			.run();
	}
	return { made, first: stage.grading.answers('ann', made.id, questionId), id: made.id, questionId };
}

function mark(answerId: string | undefined, levelId: LevelId, accepted = false): void {
	stage.grading.marks.set('ann', answerId ?? '', { marker: 'first', points: null, levels: { wave: levelId }, accepted });
}

test('agreement counts the marks that the teacher made, not those that only took a proposal over', async () => {
	const { id, questionId, first } = await createClass(
		[
			['a wave', ''],
			['b wave', ''],
			['c', ''],
			['d', ''],
			['e', ''],
		],
		['full', 'half', 'none', 'full', 'full'],
	);
	mark(first[0]?.id, 'full');
	mark(first[1]?.id, 'none');
	mark(first[2]?.id, 'none', true);
	expect(stage.grading.marks.accept('ann', id, questionId, 0.55)).toEqual([first[3]?.id]);
	const { pairs, accepted, agreement, criteria, needed, trust } = stage.grading.report.agreement('ann', id, questionId);
	expect({ pairs, accepted }).toEqual({
		pairs: [
			{ answerId: first[0]?.id, teacher: 4, model: 4 },
			{ answerId: first[1]?.id, teacher: 0, model: 2 },
		],
		accepted: 2,
	});
	expect([agreement.exact.value, agreement.bias.value, criteria[0]?.agreement.count, needed.marked, trust.rows[17]?.accepted]).toEqual([0.5, 1, 2, 2, 1]);
	// Its words may be changed without making it a judgement of the teacher's own; its points may not.
	stage.grading.marks.set('ann', first[2]?.id ?? '', { marker: 'first', points: null, levels: { wave: 'none' }, feedback: 'Mine.' });
	expect(stage.grading.report.agreement('ann', id, questionId).accepted).toBe(2);
	mark(first[3]?.id, 'half');
	expect(stage.grading.report.agreement('ann', id, questionId)).toMatchObject({ accepted: 1, agreement: { count: 3 } });
	// A proposal by another wording says nothing about the model.
	await stage.grading.changeQuestion('ann', id, questionId, { text: 'Say what light is.' });
	expect(stage.grading.report.agreement('ann', id, questionId)).toMatchObject({ pairs: [], accepted: 0 });
});

test('the figures of a class are of marks as soon as there is one, else of proposals, and say so', async () => {
	const { id, questionId, first } = await createClass(
		[
			['a wave', 's'],
			['a wave!', 's'],
			['c', 's'],
		],
		['none', 'none', 'full'],
	);
	const { report } = stage.grading;
	expect(report.statistics('ann', id)).toMatchObject({
		counting: 'all',
		counted: 3,
		proposed: 3,
		analysis: { items: [{ count: 3, difficulty: 1 / 3 }, { count: 0 }] },
	});
	const low = { answerId: first[0]?.id, quote: 'a' };
	expect(report.mistakes('ann', id, questionId)).toMatchObject({
		...{ counting: 'all', criteria: [{ criterionId: 'wave', judged: 3, missed: 2, examples: [{ quote: low.quote }] }] },
		groups: [{ count: 2, meanPoints: 0 }],
	});
	mark(first[2]?.id, 'half');
	expect(report.statistics('ann', id)).toMatchObject({
		counting: 'settled',
		counted: 1,
		proposed: 0,
		analysis: { items: [{ count: 1, difficulty: 0.5 }, {}] },
	});
	expect(report.statistics('ann', id, 'all')).toMatchObject({ counting: 'all', counted: 3, proposed: 2 });
	// The proposal's words were given for another level than the mark's.
	expect(report.mistakes('ann', id, questionId).criteria).toMatchObject([{ judged: 1, missed: 1, meanLoss: 2, examples: [{ quote: null }] }]);
});

test('like answers that were marked unlike one another are found, and a group of equal ones is marked and put back at once', async () => {
	const { id, questionId, first } = await createClass(
		[
			['A wave.', ''],
			['a wave', ''],
			['a  wave!', ''],
			['Sand', ''],
		],
		[],
	);
	const ids = first.slice(0, 3).map((each) => each.id);
	mark(ids[0], 'full');
	mark(ids[1], 'half');
	const { groups, drift, onlyEqual } = stage.grading.report.likeAnswers('ann', id, questionId);
	expect(groups).toEqual([{ id: ids.toSorted()[0], memberIds: ids.toSorted(), same: true }]);
	expect([drift, onlyEqual]).toEqual([[{ groupId: groups[0]?.id, low: { id: ids[1], points: 2 }, high: { id: ids[0], points: 4 } }], false]);

	const half = { points: null, levels: { wave: 'half' }, feedback: 'Explain it.' };
	stage.grading.marks.setMany('ann', id, [...ids.map((answerId) => ({ answerId, mark: half })), { answerId: 'of another class', mark: half }]);
	expect(stage.grading.report.likeAnswers('ann', id, questionId).drift).toEqual([]);
	const pointsNow = () => stage.grading.answers('ann', id, questionId).map((each) => each.mark?.points ?? null);
	expect(pointsNow()).toEqual([2, 2, 2, null]);
	// One that cannot be kept keeps all others back.
	const wrong = [
		{ answerId: ids[0] ?? '', mark: { points: 4, levels: {} } },
		{ answerId: ids[1] ?? '', mark: { points: 5, levels: {} } },
	];
	expect(() => stage.grading.marks.setMany('ann', id, wrong)).toThrow(expect.objectContaining({ code: 'MARK_INVALID' }));
	expect(pointsNow()).toEqual([2, 2, 2, null]);
	stage.grading.marks.setMany('ann', id, [{ answerId: ids[2] ?? '', mark: null }]);
	expect(pointsNow()).toEqual([2, 2, null, null]);
});

test('what is given out holds proposals only where they are asked for, a total only where all is settled, and evidence only for its level', async () => {
	const { id, first } = await createClass(
		[
			['a wave', ''],
			['b', ''],
		],
		['full', 'half'],
	);
	mark(first[0]?.id, 'half');
	const students = async (counting: 'settled' | 'all') => {
		const { fileName, bytes } = await stage.grading.report.export('ann', id, { form: 'json', language: 'zh', counting });
		expect(fileName).toBe('成绩 Light what is it.json');
		return JSON.parse(new TextDecoder().decode(bytes)).students;
	};
	const settled = { points: 2, decidedBy: 'teacher', feedback: 'Seen.', verdicts: [{ levelName: 'half', points: 2, quote: null, reason: '' }] };
	expect(await students('settled')).toMatchObject([
		{ number: '1', total: 2, outOf: 8, answers: [settled, { points: null }] },
		{ number: '2', total: null, answers: [{ points: null, feedback: '', verdicts: [], suggestions: [] }, { points: null }] },
	]);
	expect((await students('all'))[1]).toMatchObject({ total: 2, answers: [{ points: 2, decidedBy: 'model', verdicts: [{ quote: 'b', reason: 'r' }] }, {}] });
	await expect(stage.grading.report.export('bob', id, { form: 'json', language: 'en', counting: 'all' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('what a PDF of the feedback cannot print is told before it is made, with what is proposed only where that goes out', async () => {
	const { id, questionId } = await createClass(
		[
			['a wave of light', 'Sound is نور, a wave of the air, which the ear of whoever hears it takes in.'],
			['b', ''],
		],
		['full', 'half'],
	);
	const { report } = stage.grading;
	const proposed = stage.grading.answers('ann', id, questionId)[1]?.id ?? '';
	stage.db
		.update(proposal)
		.set({ feedback: '빛'.repeat(9) })
		.where(everyOwner(proposal.answerId, eq(proposal.answerId, proposed)))
		.run();
	const arabic = { script: 'Arab', letters: 3 };
	expect(await report.unprintable('ann', id, 'settled')).toMatchObject({ students: 2, isRefused: false, scripts: [arabic], signs: 0 });
	expect(await report.unprintable('ann', id, 'all')).toMatchObject({ students: 2, isRefused: true, scripts: [{ script: 'Hang', letters: 9 }, arabic] });
	const order = { form: 'pdf', language: 'en' } as const;
	await expect(report.export('ann', id, { ...order, counting: 'all' })).rejects.toMatchObject({ code: 'SHEET_UNPRINTABLE' });
	expect((await report.export('ann', id, { ...order, counting: 'settled' })).bytes.length).toBeGreaterThan(1000);
	await expect(report.unprintable('bob', id, 'all')).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a comment is kept once for its teacher, and is nobody else’s', () => {
	const { comments } = stage.grading;
	const one = comments.add('ann', 'Show your working.');
	const two = comments.add('ann', 'Well seen.');
	expect(comments.add('ann', 'Show your working.')).toEqual(one);
	expect([comments.list('ann'), comments.list('bob')]).toEqual([[two, one], []]);
	expect(() => comments.remove('bob', one.id)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
	comments.remove('ann', one.id);
	expect(comments.list('ann')).toEqual([two]);
});

test('a table with a title above its header is given back with it, blank rows too, and rows are told as the file counts them', async () => {
	const above = 'Springfield School,,\r\n=1+1,,\r\n\r\n';
	const text = `${above}id,Light,Sound\r\n1,a,b\r\n2,,d\r\n`;
	const made = await stage.grading.create('ann', exampleFields, [light, sound], { input: { text } }, mappingOf(['Light', 'Sound']));
	expect(stage.grading.answers('ann', made.id).map(({ row }) => row)).toEqual([5, 5, 6, 6]);
	const preview = await stage.grading.preview('ann', { input: { text } }, mappingOf(['Light', 'Sound']));
	expect([preview.headerRow, preview.firstRows[0], preview.problems[0]?.places[0]?.row]).toEqual([4, { row: 1, text: 'Springfield School' }, 6]);
	const give = async (form: 'csv' | 'xlsx') => (await stage.grading.report.export('ann', made.id, { form, language: 'en', counting: 'all' })).bytes;
	const lines = Buffer.from(await give('csv'))
		.toString()
		.replace('\uFEFF', '')
		.split('\r\n');
	expect(lines.slice(0, 3)).toEqual(['Springfield School,,', "'=1+1,,", '']);
	expect([lines[3]?.split(',').slice(0, 3), lines[4]?.split(',').slice(0, 3)]).toEqual([
		['id', 'Light', 'Sound'],
		['1', 'a', 'b'],
	]);
	const [sheet] = await readExcelFile(Buffer.from(await give('xlsx')));
	expect(sheet?.data.slice(0, 5).map((row) => row[0])).toEqual(['Springfield School', '=1+1', null, 'id', '1']);
});

test('levels that an earlier version kept beside points of a teacher’s own are nobody’s choice, those that come to the points are', async () => {
	const { first, id, questionId } = await createClass(
		[
			['a', 'b'],
			['c', 'd'],
		],
		['full', 'full'],
	);
	const kept = { marker: 'first', levels: { wave: 'half' }, feedback: '', createdAt: 1 } as const;
	for (const [at, points] of [3, 2].entries())
		stage.db
			.insert(markTable)
			.values({ id: randomUUID(), answerId: first[at]?.id ?? '', points, ...kept })
			.run();
	expect(stage.grading.answers('ann', id, questionId).map((each) => [each.mark?.points, each.mark?.levels])).toEqual([
		[3, {}],
		[2, { wave: 'half' }],
	]);
});

test('what is told of answers without a mark is what an export gives out', async () => {
	const { id, questionId, first } = await createClass(
		[
			['a', ''],
			['b', ''],
			['c', ''],
			['', ''],
			['', ''],
		],
		['full', 'half'],
	);
	const { report } = stage.grading;
	mark(first[0]?.id, 'full');
	mark(first[3]?.id, 'none');
	const given = async (counting: 'settled' | 'all') => {
		const { bytes } = await report.export('ann', id, { form: 'json', language: 'en', counting });
		const { students } = JSON.parse(new TextDecoder().decode(bytes)) as { students: { answers: { points: number | null }[] }[] };
		return students.map(({ answers }) => answers[0]?.points ?? null);
	};
	expect(report.unsettled('ann', id)).toEqual({ answers: 2, proposed: 1, outdated: 0 });
	expect([await given('settled'), await given('all')]).toEqual([
		[4, null, null, 0, null],
		[4, 2, null, 0, null],
	]);
	await stage.grading.changeQuestion('ann', id, questionId, { text: 'Say what light is.' });
	expect(report.unsettled('ann', id)).toEqual({ answers: 2, proposed: 0, outdated: 1 });
	expect(await given('all')).toEqual([4, null, null, 0, null]);
	expect(() => report.unsettled('bob', id)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
});

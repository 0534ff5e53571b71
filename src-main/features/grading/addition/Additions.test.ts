import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { AnswerMapping } from '#contract/answerMapping.ts';
import { gradeAll, stageOfTests } from '../gradingTests.test-support.ts';
import { exampleFields, exampleMapping, exampleQuestion, gradingOrder, mappingOf, openGradingStage } from '../openGradingStage.test-support.ts';

const stage = stageOfTests(2);
const two = [exampleQuestion, { ...exampleQuestion, name: 'Sound', text: 'What is sound?' }];
const twoColumns = mappingOf(['light', 'sound'], 'name');
const classOfTwo = 'id,name,room,light,sound\n0001,Ada,7a,A wave.,Air moves.\n0002,Bo,7b,,Noise.\n';

const table = (text: string) => ({ input: { text } });
const create = async (text: string, questions = two, mapping: AnswerMapping = twoColumns) =>
	(await stage().grading.create('ann', exampleFields, questions, table(text), mapping)).id;
const order = (text: string, mapping: AnswerMapping = twoColumns) => ({ source: table(text), mapping });
const textsOf = (id: string) =>
	stage()
		.grading.answers('ann', id)
		.map(({ row, studentId, studentName, text }) => [row, studentId, studentName, text]);
const exported = async (id: string) => {
	const sheet = await stage().grading.report.export('ann', id, { form: 'csv', language: 'en', counting: 'all' });
	return Buffer.from(sheet.bytes)
		.toString('utf8')
		.replace(/^\uFEFF/, '')
		.trimEnd()
		.split('\r\n');
};
/** All that a class is, as it is stored. */
const stored = (id: string) =>
	['submission', 'answer', 'addition', 'earlier_text'].map((name) =>
		stage().db.$client.prepare(`select * from "${name}" where assignment_id = ? and (assignment_id is not null) order by id`).all(id),
	);

test('the late are put behind the last row, what was empty is filled, what differs stays, and nothing is emptied', async () => {
	const id = await create(classOfTwo);
	const late = 'name,id,light,sound,remark\nBo,2,Rays.,Noise.,late\nAda,0001,Particles.,,\nCy,0003,Colours.,,ill\n';
	const { additions } = stage().grading;
	const [light = '', sound = ''] = stage()
		.grading.get('ann', id)
		.questions.map((each) => each.id);
	expect(await additions.preview('ann', id, order(late), stage().model.id)).toEqual({
		...{ places: [light, sound], newStudents: 1, knownStudents: 2, answersOfNew: 1, filled: 1, filledMarked: 0, same: 1, differ: 1, leftOut: 0 },
		...{ notes: [], moreNotes: 0, tokens: { added: expect.any(Number), differing: expect.any(Number) } },
		differences: [
			{
				...{ answerId: expect.any(String), submissionId: expect.any(String), studentId: '0001', studentName: 'Ada', questionId: light },
				...{ before: 'A wave.', after: 'Particles.', isProposed: false, isMarked: false, tokens: expect.any(Number) },
			},
		],
	});
	expect(textsOf(id)).toHaveLength(4);
	expect(await additions.add('ann', id, order(late), [])).toEqual({ additionId: expect.any(String), newStudents: 1, filled: 1, replaced: 0 });
	expect(textsOf(id)).toEqual([
		[2, '0001', 'Ada', 'A wave.'],
		[2, '0001', 'Ada', 'Air moves.'],
		[3, '0002', 'Bo', 'Rays.'],
		[3, '0002', 'Bo', 'Noise.'],
		[4, '0003', 'Cy', 'Colours.'],
		[4, '0003', 'Cy', ''],
	]);
	expect((await exported(id)).map((line) => line.split(',').slice(0, 5).join())).toEqual([
		'id,name,room,light,sound',
		'0001,Ada,7a,A wave.,Air moves.',
		'0002,Bo,7b,Rays.,Noise.',
		'0003,Cy,,Colours.,',
	]);
	expect(stage().grading.get('ann', id).counts).toMatchObject({ students: 3, answers: 6, unanswered: 1 });
	expect(await additions.add('ann', id, order(late), [])).toMatchObject({ newStudents: 0, filled: 0, replaced: 0 });
});

test('an answer that is replaced loses its proposal and its marks to the history, and has them again when that is taken back', async () => {
	const id = await create('id,name,answer\n0001,Ada,Light is a wave.\n0002,Bo,Rays.\n', [exampleQuestion], exampleMapping);
	const [ada, bo] = await gradeAll(stage(), id);
	if (!ada || !bo) return expect.unreachable();
	stage().grading.marks.set('ann', ada.id, { marker: 'first', points: 70, levels: {} });
	const before = [stored(id).slice(0, 2), stage().grading.answers('ann', id)];
	const changed = order('id,name,answer\n0001,Ada,Light is a particle.\n0002,Bo,Dark.\n', exampleMapping);
	expect((await stage().grading.additions.preview('ann', id, changed, null)).differences).toMatchObject([
		{ answerId: ada.id, isProposed: true, isMarked: true },
		{ answerId: bo.id, isProposed: true, isMarked: false },
	]);
	const { additionId, replaced } = await stage().grading.additions.add('ann', id, changed, [ada.id]);
	expect(replaced).toBe(1);
	expect(stage().grading.answers('ann', id)).toMatchObject([
		{ text: 'Light is a particle.', status: 'waiting', proposal: null, mark: null },
		{ text: 'Rays.', status: 'graded', proposal: { points: bo.proposal?.points } },
	]);
	expect(stage().grading.get('ann', id).counts).toMatchObject({ graded: 1, marked: 0 });
	const { proposals, marks, texts } = stage().grading.history('ann', ada.id);
	expect([proposals.length, marks.map(({ points }) => points), texts]).toEqual([1, [70], [{ text: 'Light is a wave.', replacedAt: expect.any(Number) }]]);

	stage().grading.additions.takeBack('ann', id, additionId);
	expect([stored(id).slice(0, 2), stage().grading.answers('ann', id)]).toEqual(before);
	expect(stage().grading.get('ann', id).counts).toMatchObject({ graded: 2, marked: 1 });
}, 60_000);

test('a grading that is broken off does not give a replaced answer the proposal that its earlier text had', async () => {
	const id = await create('id,name,answer\n0001,Ada,Light is a wave.\n0002,Bo,Rays.\n', [exampleQuestion], exampleMapping);
	await gradeAll(stage(), id);
	await stage().grading.additions.add('ann', id, order('id,name,answer\n0001,Ada,Dark.\n', exampleMapping), 'all');
	const { job } = stage().grading.start('ann', id, gradingOrder(stage().model.id, { scope: 'all' }));
	stage().jobs.cancel('ann', job?.id ?? '');
	for await (const { assignment, changed } of stage().grading.watch('ann', id)) if (assignment.job?.state === 'cancelled' && changed.length > 0) break;
	expect(stage().grading.answers('ann', id)).toMatchObject([
		{ text: 'Dark.', status: 'waiting', proposal: null },
		{ text: 'Rays.', status: 'graded' },
	]);
	const again = await gradeAll(stage(), id);
	expect(again.map(({ status }) => status)).toEqual(['graded', 'graded']);
}, 60_000);

test('what was added is taken back whole, but not once something came of it', async () => {
	const id = await create(classOfTwo);
	const { additions, marks } = stage().grading;
	const before = stored(id);
	const first = await additions.add('ann', id, order('id,name,light,sound\n0002,Bo,Rays.,\n0003,Cy,Colours.,\n'), []);
	const added = stored(id);
	const second = await additions.add('ann', id, order('id,name,light,sound\n0003,Cy,,A tone.\n'), []);
	const inUse = expect.objectContaining({ code: 'ADDITION_IN_USE' });
	expect(() => additions.takeBack('ann', id, first.additionId)).toThrow(inUse);
	additions.takeBack('ann', id, second.additionId);
	expect(stored(id)).toEqual(added);
	const cy = stage()
		.grading.answers('ann', id)
		.find(({ text }) => text === 'Colours.');
	marks.set('ann', cy?.id ?? '', { marker: 'first', points: 5, levels: {} });
	expect(() => additions.takeBack('ann', id, first.additionId)).toThrow(inUse);
	expect(stage().grading.get('ann', id).counts).toMatchObject({ students: 3, marked: 1 });

	const other = await create(classOfTwo);
	const { additionId } = await additions.add('ann', other, order('id,name,light,sound\n0002,Bo,Rays.,\n0003,Cy,Colours.,\n'), []);
	additions.takeBack('ann', other, additionId);
	expect(stored(other).map((rows) => rows.length)).toEqual(before.map((rows) => rows.length));
	expect(textsOf(other)).toHaveLength(4);
	expect(() => additions.takeBack('ann', other, additionId)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
	expect(() => additions.takeBack('bob', id, first.additionId)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
	await expect(additions.add('bob', id, order(classOfTwo), [])).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('an addition that fails in the middle leaves the class as it was', async () => {
	const id = await create(classOfTwo);
	const before = stored(id);
	stage().db.$client.exec(`create temp trigger torn before insert on answer when new.text = 'Torn.' begin select raise(abort, 'the disk is gone'); end`);
	const late = order('id,name,light,sound\n0002,Bo,Rays.,\n0001,Ada,Other.,\n0009,Zoe,Torn.,\n');
	await expect(stage().grading.additions.add('ann', id, late, 'all')).rejects.toThrow('the disk is gone');
	expect(stored(id)).toEqual(before);
	stage().db.$client.exec('drop trigger torn');
	expect(await stage().grading.additions.add('ann', id, late, 'all')).toMatchObject({ newStudents: 1, filled: 1, replaced: 1 });
});

test('an addition that is killed in the middle leaves the class as it was, to be done again', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'homeroom-added-'));
	const text = 'id,name,answer\n0001,Ada,Other.\n0002,Bo,Rays.\n0009,Zoe,Torn.\n';
	const addTo = (id: string) =>
		spawnSync(process.execPath, [join(import.meta.dirname, 'addInChild.test-support.ts'), folder, id, text], { encoding: 'utf8', timeout: 60_000 });
	let opened = await openGradingStage(folder);
	const classes = table('id,name,answer\n0001,Ada,A wave.\n0002,Bo,\n');
	const { id } = await opened.grading.create('ann', exampleFields, [exampleQuestion], classes, exampleMapping);
	const before = opened.grading.answers('ann', id);
	await opened.close();

	expect(addTo(id)).toMatchObject({ signal: 'SIGKILL', stdout: '' });
	opened = await openGradingStage(folder);
	expect(opened.grading.answers('ann', id)).toEqual(before);
	const again = await opened.grading.additions.add('ann', id, { source: table(text), mapping: exampleMapping }, 'all');
	expect(again).toMatchObject({ newStudents: 1, filled: 1, replaced: 1 });
	await opened.close();
	await rm(folder, { recursive: true });
}, 90_000);

test('a class that is being graded takes nothing until it is paused or over', async () => {
	const rows = Array.from({ length: 30 }, (_, at) => `${at},Student ${at},Answer number ${at}.`).join('\n');
	const id = await create(`id,name,answer\n${rows}\n`, [exampleQuestion], exampleMapping);
	const { job } = stage().grading.start('ann', id, gradingOrder(stage().model.id));
	const late = order('id,name,answer\n99,Zoe,Late.\n', exampleMapping);
	await expect(stage().grading.additions.add('ann', id, late, [])).rejects.toMatchObject({ code: 'JOB_STATE' });
	stage().jobs.pause('ann', job?.id ?? '');
	for await (const { assignment } of stage().grading.watch('ann', id)) if (assignment.job?.state === 'paused') break;
	const { additionId } = await stage().grading.additions.add('ann', id, late, []);
	expect(() => stage().grading.additions.takeBack('ann', id, additionId)).toThrow(expect.objectContaining({ code: 'JOB_STATE' }));
	stage().jobs.cancel('ann', job?.id ?? '');
	stage().grading.additions.takeBack('ann', id, additionId);
	expect(stage().grading.get('ann', id).counts.students).toBe(30);
}, 60_000);

test('a watcher is told the counts when students come and go', async () => {
	const id = await create(classOfTwo);
	const { grading } = stage();
	const seen: number[] = [];
	let additionId = '';
	for await (const { assignment } of grading.watch('ann', id)) {
		seen.push(assignment.counts.students);
		expect(assignment.counts).toEqual(grading.get('ann', id).counts);
		if (seen.length === 1) ({ additionId } = await grading.additions.add('ann', id, order('id,name,light,sound\n0003,Cy,Colours.,\n'), []));
		if (seen.length === 2) grading.additions.takeBack('ann', id, additionId);
		if (seen.length === 3) break;
	}
	expect(seen).toEqual([2, 3, 2]);
});

test('a table with a row for each answer gets a row for each, and is given back so', async () => {
	const long: AnswerMapping = {
		layout: 'long',
		studentId: 'id',
		studentNames: ['name'],
		studentClass: null,
		question: 'question',
		answer: 'answer',
		points: null,
	};
	const id = await create('id,name,question,answer\n1,Ada,Light,A wave.\n1,Ada,Sound,\n2,Bo,Light,Rays.\n', two, long);
	const late = 'id,name,light,sound\n1,Ada,,Air.\n2,Bo,,Noise.\n3,Cy,Colours.,A tone.\n';
	expect(await stage().grading.additions.add('ann', id, order(late), [])).toMatchObject({ newStudents: 1, filled: 2 });
	expect((await exported(id)).map((line) => line.split(',').slice(0, 4).join())).toEqual([
		'id,name,question,answer',
		'1,Ada,Light,A wave.',
		'1,Ada,Sound,Air.',
		'2,Bo,Light,Rays.',
		'2,Bo,Sound,Noise.',
		'3,Cy,Light,Colours.',
		'3,Cy,Sound,A tone.',
	]);
	const more = 'id,name,question,answer\n4,Dan,Sound,Loud.\n4,Dan,Light,Bright.\n';
	await stage().grading.additions.add('ann', id, order(more, long), []);
	expect((await exported(id)).slice(-2).map((line) => line.split(',').slice(0, 4).join())).toEqual(['4,Dan,Light,Bright.', '4,Dan,Sound,Loud.']);
});

test('files are added to a class of a table under its one question, or the one that is chosen', async () => {
	const id = await create(classOfTwo);
	const pileId = await stage().grading.sendFiles('ann', null, [
		{ fileName: '0002 Bo.txt', file: new Blob(['Rays of light.']) },
		{ fileName: '0003 Cy.txt', file: new Blob(['Colours.']) },
	]);
	const { questions } = stage().grading.get('ann', id);
	const mapping = twoColumns;
	expect((await stage().grading.additions.preview('ann', id, { source: { pileId }, mapping }, null)).places).toEqual([null]);
	const placed = { source: { pileId }, mapping, places: [questions[0]?.id ?? ''] };
	expect(await stage().grading.additions.preview('ann', id, placed, null)).toMatchObject({ newStudents: 1, filled: 1 });
	await expect(stage().grading.additions.add('ann', id, { ...placed, places: ['another'] }, [])).rejects.toMatchObject({ code: 'INVALID_INPUT' });
	await stage().grading.additions.add('ann', id, placed, []);
	expect((await exported(id)).map((line) => line.split(',').slice(0, 5).join()).slice(2)).toEqual(['0002,Bo,7b,Rays of light.,Noise.', '0003,Cy,,Colours.,']);
	await expect(stage().grading.additions.add('ann', id, placed, [])).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('columns that are headed as those of the class are found by themselves, whatever else a table has', async () => {
	const id = await create(classOfTwo);
	const preview = await stage().grading.preview('ann', table('Answer 1,sound,name,id\nx,A tone.,Cy,3\n'), undefined, id);
	expect(preview.mapping).toMatchObject({ layout: 'wide', studentId: 'id', studentNames: ['name'], answers: [{ column: 'sound' }] });
	expect((await stage().grading.additions.preview('ann', id, order('name,id,sound\nCy,3,A tone.\n', mappingOf(['sound'], 'name')), null)).places).toEqual([
		stage().grading.get('ann', id).questions[1]?.id,
	]);
});

test('two of one name are told and left out, never guessed', async () => {
	const id = await create('name,answer\nEva,One.\nEva,Two.\nAda,Three.\n', [exampleQuestion], { ...mappingOf(['answer'], 'name'), studentId: null });
	const late = order('name,answer\nEva,Four.\nZoe,Five.\nZoe,Six.\n', { ...mappingOf(['answer'], 'name'), studentId: null });
	const preview = await stage().grading.additions.preview('ann', id, late, null);
	expect(preview).toMatchObject({
		newStudents: 0,
		knownStudents: 0,
		leftOut: 3,
		notes: [
			{ code: 'several', row: 2 },
			{ code: 'repeated', row: 3 },
			{ code: 'repeated', row: 4 },
		],
	});
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countAnswers, readStandings } from './countAnswers.ts';
import { readAnswers } from './gradingRows.ts';
import { exampleFields, exampleMapping, exampleQuestion, exampleTable, gradingOrder, openGradingStage } from './openGradingStage.test-support.ts';

let folder: string;
let stage: Awaited<ReturnType<typeof openGradingStage>>;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'homeroom-tally-'));
	stage = await openGradingStage(folder);
	stage.jobs.start();
}, 60_000);
afterAll(async () => {
	await stage.close();
	await rm(folder, { recursive: true });
});

const createClass = async (rows: number) =>
	(await stage.grading.create('ann', exampleFields, [exampleQuestion], { input: { text: `${exampleTable(rows)}\r\n99,Nobody,` } }, exampleMapping)).id;

test('a watcher is told the counts that the class has, whatever changed', async () => {
	const id = await createClass(6);
	const { grading } = stage;
	const [first = '', second = ''] = grading.answers('ann', id).map((answer) => answer.id);
	const questionId = grading.get('ann', id).questions[0]?.id ?? '';
	const mark = { marker: 'first', points: 12, levels: {} } as const;
	const acts = [
		() => void grading.marks.set('ann', first, mark),
		() => grading.marks.setMany('ann', id, [{ answerId: second, mark }]),
		() => void grading.marks.clear('ann', first, 'first'),
		() => void grading.start('ann', id, gradingOrder(stage.model.id)),
		// The first waits until all is graded.
		() => void grading.marks.accept('ann', id, null, 0),
		() => void grading.changeQuestion('ann', id, questionId, { key: 'A wave.' }),
		() => grading.marks.unaccept('ann', id, [first]),
	];
	const told = [];
	for await (const { assignment } of grading.watch('ann', id)) {
		told.push(assignment.counts);
		expect(assignment.counts).toEqual(countAnswers(stage.db, 'ann', [id]).get(id));
		expect(grading.get('ann', id).counts).toEqual(assignment.counts);
		expect(grading.list('ann').find((each) => each.id === id)?.counts).toEqual(assignment.counts);
		if (assignment.job && assignment.job.state !== 'completed') continue;
		const act = acts.shift();
		if (!act) break;
		act();
	}
	expect(told[0]).toEqual({ students: 7, answers: 7, unanswered: 1, graded: 0, outdated: 0, failed: 0, marked: 0 });
	expect(told.at(-1)).toEqual({ students: 7, answers: 7, unanswered: 1, graded: 6, outdated: 6, failed: 0, marked: 5 });
}, 120_000);

test('counts of several classes are each their own, and none are of another owner', async () => {
	const [one, other] = [await createClass(2), await createClass(3)];
	stage.grading.marks.set('ann', stage.grading.answers('ann', other)[0]?.id ?? '', { marker: 'first', points: 1, levels: {} });
	const counts = countAnswers(stage.db, 'ann', [one, other]);
	expect([counts.get(one), counts.get(other)]).toMatchObject([
		{ students: 3, marked: 0 },
		{ students: 4, marked: 1 },
	]);
	expect(countAnswers(stage.db, 'bob', [one, other]).size).toBe(0);
});

test('answers that are named are read by their keys, however large their class is', async () => {
	const id = await createClass(1);
	const { $client } = stage.db;
	const { prepare } = $client;
	const statements: string[] = [];
	const noted = (text: string) => {
		statements.push(text);
		return prepare.call($client, text);
	};
	// `prepare` is generic in what the caller expects back; the statement itself is the one it would have got.
	$client.prepare = noted as typeof prepare;
	try {
		const ids = Array.from({ length: 200 }, (_, at) => String(at));
		readAnswers(stage.db, 'ann', id, { ids });
		readStandings(stage.db, 'ann', id, { ids });
	} finally {
		$client.prepare = prepare;
	}
	const plans = statements.map((text) => JSON.stringify($client.prepare(`explain query plan ${text}`).all([...text.matchAll(/\?/g)].map(() => 'x'))));
	expect(plans.filter((plan) => plan.includes('SEARCH answer USING INDEX sqlite_autoindex_answer_1 (id=?)'))).toHaveLength(3);
	expect(plans.join()).not.toMatch(/answer_assignment|answer_question|answer_submission|submission_assignment|SCAN (?!json_each)/);
});

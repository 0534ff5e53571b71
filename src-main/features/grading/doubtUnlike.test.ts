import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq, inArray } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer } from '#contract/grading.ts';
import { everyOwner } from '../../platform/database/owned.ts';
import { exampleFields, exampleMapping, exampleQuestion, gradingOrder, openGradingStage } from './openGradingStage.test-support.ts';
import { answer, proposal } from './schema.ts';

type Stage = Awaited<ReturnType<typeof openGradingStage>>;
let folder: string;
let stage: Stage;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'homeroom-unlike-'));
	stage = await openGradingStage(folder);
	stage.jobs.start();
	await stage.engine.load('ann', stage.model.id, { wishes: { contextTokens: 4096, parallel: 2 } });
}, 60_000);
afterAll(async () => {
	await stage.close();
	await rm(folder, { recursive: true });
});

const inDoubt = (answers: readonly Answer[]) => answers.filter(({ proposal: of }) => of?.doubts.includes('likeAnswersDiffer')).map(({ text }) => text);

test('like answers that are proposed unlike points are in doubt when the class is graded, and not any more once they get the same', async () => {
	const table = ['id,name,answer', '1,Ada,Light is a wave.', '2,Bo,LIGHT IS A WAVE', '3,Cy,light is a wave!!', '4,Di,It comes from the sun.'].join('\n');
	const { id, questions } = await stage.grading.create('ann', exampleFields, [exampleQuestion], { input: { text: table } }, exampleMapping);
	stage.grading.start('ann', id, gradingOrder(stage.model.id));
	for await (const { assignment } of stage.grading.watch('ann', id)) {
		if (assignment.job?.state === 'failed') throw new Error(JSON.stringify(assignment.job.failure));
		if (assignment.job?.state === 'completed') break;
	}
	const graded = stage.grading.answers('ann', id);
	const like = graded.slice(0, 3);
	const odd = like.filter(({ proposal: of }) => like.filter((other) => other.proposal?.points === of?.points).length === 1);
	// The words are alike to a person; two of the three are so to this model of random weights.
	expect([odd.length, inDoubt(graded)]).toEqual([1, odd.map(({ text }) => text)]);
	const kept = stage.db.select().from(proposal).innerJoin(answer, eq(answer.id, proposal.answerId)).where(everyOwner(answer.assignmentId)).all();
	for (const { id: answerId, proposal: of } of graded) {
		const row = kept.find((each) => each.answer.id === answerId)?.proposal;
		expect(of?.confidence).toBeCloseTo((row?.confidence ?? 0) * (of?.doubts.includes('likeAnswersDiffer') ? 0.6 : 1), 10);
	}

	const likeIds = like.map(({ id: answerId }) => answerId);
	const its = stage.db
		.select({ id: answer.id })
		.from(answer)
		.where(everyOwner(answer.assignmentId, inArray(answer.id, likeIds)));
	stage.db.update(proposal).set({ score: 50 }).where(inArray(proposal.answerId, its)).run();
	await stage.grading.changeQuestion('ann', id, questions[0]?.id ?? '', { points: 50 });
	expect(inDoubt(stage.grading.answers('ann', id))).toEqual([]);
}, 120_000);

import { eq, inArray } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Answer } from '#contract/grading.ts';
import { everyOwner } from '../../platform/database/owned.ts';
import { gradeAll, stageOfTests } from './gradingTests.test-support.ts';
import { exampleFields, exampleMapping, exampleQuestion } from './openGradingStage.test-support.ts';
import { answer, proposal } from './schema.ts';

const stage = stageOfTests(2);

const inDoubt = (answers: readonly Answer[]) => answers.filter(({ proposal: of }) => of?.doubts.includes('likeAnswersDiffer')).map(({ text }) => text);

test('like answers that are proposed unlike points are in doubt when the class is graded, and not any more once they get the same', async () => {
	const table = ['id,name,answer', '1,Ada,Light is a wave.', '2,Bo,LIGHT IS A WAVE', '3,Cy,light is a wave!!', '4,Di,It comes from the sun.'].join('\n');
	const { id, questions } = await stage().grading.create('ann', exampleFields, [exampleQuestion], { input: { text: table } }, exampleMapping);
	const graded = await gradeAll(stage(), id);
	const like = graded.slice(0, 3);
	const odd = like.filter(({ proposal: of }) => like.filter((other) => other.proposal?.points === of?.points).length === 1);
	// The words are alike to a person; two of the three are so to this model of random weights.
	expect([odd.length, inDoubt(graded)]).toEqual([1, odd.map(({ text }) => text)]);
	const kept = stage().db.select().from(proposal).innerJoin(answer, eq(answer.id, proposal.answerId)).where(everyOwner(answer.assignmentId)).all();
	for (const { id: answerId, proposal: of } of graded) {
		const row = kept.find((each) => each.answer.id === answerId)?.proposal;
		expect(of?.confidence).toBeCloseTo((row?.confidence ?? 0) * (of?.doubts.includes('likeAnswersDiffer') ? 0.6 : 1), 10);
	}

	const likeIds = like.map(({ id: answerId }) => answerId);
	const its = stage()
		.db.select({ id: answer.id })
		.from(answer)
		.where(everyOwner(answer.assignmentId, inArray(answer.id, likeIds)));
	stage().db.update(proposal).set({ score: 50 }).where(inArray(proposal.answerId, its)).run();
	await stage().grading.changeQuestion('ann', id, questions[0]?.id ?? '', { points: 50 });
	expect(inDoubt(stage().grading.answers('ann', id))).toEqual([]);
}, 120_000);

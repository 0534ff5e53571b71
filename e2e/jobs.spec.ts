import { expect, test } from '@playwright/test';
import { addTestModel } from '../src-main/addTestModel.test-support.ts';
import { connect, signIn } from './support/connect.ts';
import { removeData, startServe } from './support/startServe.ts';

/** Students enough that the kill comes in the middle. */
const students = 24;

test('M5 a class survives kill -9 of the whole app and goes on at the student where it stopped', async () => {
	test.skip(test.info().project.name === 'desktop', 'kills the process itself, which serve shows');
	let served = await startServe();
	try {
		let cookie = await signIn(served);
		let seat = await connect(served.origin, cookie);
		await seat.client.settings.set({ engineThreads: 1 });
		const model = await addTestModel(seat.client, served.dataFolder);
		const rows = Array.from({ length: students }, (_, index) => `${index + 1},"Answer number ${index + 1}: because of chlorophyll."`);
		const { id: assignmentId } = await seat.client.grading.create({
			fields: { title: 'Leaves' },
			questions: [{ name: '1', text: 'Why are leaves green?' }],
			source: { text: `id,answer\n${rows.join('\n')}` },
			mapping: { layout: 'wide', studentId: 'id', studentNames: [], answers: [{ column: 'answer', questionName: 'answer' }] },
		});
		await seat.client.grading.start({ assignmentId, modelId: model.id });
		await graded(seat.client, assignmentId, 3);
		await served.stop('SIGKILL');
		seat.close();

		served = await startServe({ dataFolder: served.dataFolder });
		cookie = await signIn(served);
		seat = await connect(served.origin, cookie);
		await graded(seat.client, assignmentId, students);
		const answers = await seat.client.grading.answers({ assignmentId });
		expect(answers.map(({ status, proposal }) => [status, proposal !== null])).toEqual(Array.from({ length: students }, () => ['graded', true]));
		seat.close();
	} finally {
		await served.stop();
		await removeData(served);
	}
});

async function graded(client: Awaited<ReturnType<typeof connect>>['client'], assignmentId: string, count: number): Promise<void> {
	for await (const { assignment } of await client.grading.watch({ assignmentId })) {
		expect(assignment.job?.failure ?? null).toBeNull();
		if (assignment.counts.graded >= count) return;
	}
}

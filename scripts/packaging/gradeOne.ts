import path from 'node:path';
import { connect, signIn } from '../../e2e/support/connect.ts';
import { startServe } from '../../e2e/support/startServe.ts';

/** One question whose answer code can check, so that what is right does not hang on a small model. */
const question = { text: 'What is 2 + 3 × 4?', key: '14' };

/**
 * Starts the browser host of a packed app under the Node in it and has the demonstration model in it grade one answer.
 *
 * @param packed.node the Node as the package lays it beside app.asar, where it must be a program that may be run.
 * @param packed.folder all that the package holds, unpacked.
 * @returns what went wrong, a sentence for each.
 */
export async function gradeOne({ node, folder }: { node: string; folder: string }, dataFolder: string): Promise<string[]> {
	const served = await startServe({ dataFolder, node, entry: path.join(folder, 'dist/main/serve.js') });
	try {
		const { client, close } = await connect(served.origin, await signIn(served));
		try {
			const { id: modelId } = await client.library.addDemo();
			const source = { text: 'student,answer\nAda,14\n' };
			const { mapping } = await client.grading.preview({ source });
			if (mapping === null) return ['The packed app does not see answers in a table of answers.'];
			const check = await client.grading.suggestCheck(question);
			const { id: assignmentId } = await client.grading.create({ fields: { title: 'Sums' }, source, mapping, questions: [{ name: 'Q1', ...question, check }] });
			await client.grading.start({ assignmentId, modelId });
			for await (const { assignment } of await client.grading.watch({ assignmentId })) {
				if (assignment.counts.graded === 1 || assignment.counts.failed === 1) break;
			}
			const [answer] = await client.grading.answers({ assignmentId });
			const { points, decidedBy } = answer?.proposal ?? {};
			return points === 100 && decidedBy === 'check' && answer?.proposal?.feedback
				? []
				: [`The packed app did not grade "14" as right: ${JSON.stringify(answer)}`];
		} finally {
			close();
		}
	} finally {
		await served.stop();
	}
}

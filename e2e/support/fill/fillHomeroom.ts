import { connect } from '../connect.ts';
import type { Filled } from './Filled.ts';
import { fillChats } from './fillChats.ts';
import { fillClass } from './fillClass.ts';
import { fillConversions } from './fillConversions.ts';
import { fillDeleted } from './fillDeleted.ts';
import { fillFilm } from './fillFilm.ts';
import { fillHouse } from './fillHouse.ts';
import { fillTraining } from './fillTraining.ts';

/** Fills a fresh Homeroom as months of use would, by what its own screens call, with the demonstration model. It takes about a minute. */
export async function fillHomeroom(origin: string, cookie: string): Promise<Filled> {
	const { client, close } = await connect(origin, cookie);
	try {
		await client.settings.set({ engineThreads: 1 });
		const { id: modelId } = await client.library.addDemo();
		await client.engine.load({ modelId });
		const accountId = await fillHouse(client, modelId);
		const conversationId = await fillChats(client, modelId);
		const assignmentId = await fillClass(client, modelId);
		const { projectId, glossaryId } = await fillFilm(client, modelId);
		const conversionId = await fillConversions(client);
		const { datasetId, runId, otherRunId } = await fillTraining(client, modelId);
		await fillDeleted(client);
		return { modelId, conversationId, assignmentId, projectId, glossaryId, conversionId, datasetId, runId, otherRunId, accountId };
	} finally {
		close();
	}
}

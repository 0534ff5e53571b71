import type { Client } from '#contract/contract.ts';

/** Things that were made by mistake and deleted, one of most kinds, with names of any length. */
export async function fillDeleted(client: Client): Promise<void> {
	const { id: conversationId } = await client.chat.create({ modelId: null });
	await client.chat.change({
		conversationId,
		title: 'Which of the two lesson plans takes less than forty-five minutes when half of the class has no textbook?',
	});
	await client.chat.remove({ conversationId });
	const mapping = { layout: 'wide' as const, studentId: 'id', studentNames: ['name'], answers: [{ column: 'answer', questionName: '1' }] };
	const source = { text: 'id,name,answer\n1,Ada Byron,14\n2,陈晨,20\n' };
	const questions = [{ name: '1', text: 'What is 2 + 3 × 4?', key: '14' }];
	const { id: assignmentId } = await client.grading.create({ fields: { title: 'Order of operations, 6a' }, questions, source, mapping });
	await client.grading.remove({ assignmentId });
	const { id: commentId } = await client.grading.addComment({ text: 'Show how you came to this.' });
	await client.grading.removeComment({ commentId });
	const file = new File(['1\n00:00:01,000 --> 00:00:02,000\nThe ferry leaves.\n'], 'ferry.srt');
	const { id: projectId } = await client.subtitles.create({ fields: { title: '渡轮 第二集', targetLanguage: 'en' }, source: { file, fileName: 'ferry.srt' } });
	await client.subtitles.remove({ projectId });
	const { id: glossaryId } = await client.subtitles.createGlossary({ name: 'Harbour, season 1' });
	await client.subtitles.removeGlossary({ glossaryId });
	const { id: keptId } = await client.subtitles.createGlossary({ name: 'Harbour, season 2' });
	const [term] = await client.subtitles.addTerms({ glossaryId: keptId, terms: [{ source: 'wheelhouse', target: '驾驶室' }] });
	if (term) await client.subtitles.removeTerm({ glossaryId: keptId, termId: term.id });
	const { id: presetId } = await client.convert.savePreset({ name: 'Tables as YAML', order: { to: 'yaml' } });
	await client.convert.removePreset({ presetId });
	const { id: datasetId } = await client.finetune.createDataset({
		title: 'Phrases, first try',
		source: { from: 'file', file: { text: 'prompt,answer\na,b\n' } },
	});
	await client.finetune.removeDataset({ datasetId });
}

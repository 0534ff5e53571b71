import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DeletedKind } from '#contract/deleted.ts';
import { keepDeletedMs } from '#contract/keepDeleted.ts';
import { settingsOfIntent } from '#contract/settingsOfIntent.ts';
import { addTestModel } from '../../addTestModel.test-support.ts';
import { type Member, type OpenedApp, openApp } from '../../openApp.test-support.ts';
import { trainTestAdapter } from '../finetune/trainer/trainTestAdapter.test-support.ts';

let stage: OpenedApp;
let uli: Member;
let otto: Member;
let model: { id: string; path: string };
beforeAll(async () => {
	stage = await openApp();
	uli = await stage.member('Uli', 'user');
	otto = await stage.member('Otto', 'user');
	await stage.olga.client.ledger.setAllowance({ accountId: uli.accountId, isMetered: false, allowance: null });
	model = await addTestModel(stage.olga.client, stage.folder);
});
afterAll(() => stage.close());

const names = async ({ client }: Member) =>
	(await client.deleted.list()).things.map(({ kind, heading, title }) => `${kind}: ${heading}${heading && ' / '}${title}`);
const found = async ({ client }: Member, kind: DeletedKind) =>
	(await client.deleted.list()).things.find((thing) => thing.kind === kind) ?? expect.fail(`no ${kind} is deleted`);
const restore = async (member: Member, kind: DeletedKind) => member.client.deleted.restore({ kind, thingId: (await found(member, kind)).id });
const purge = async (member: Member, kind: DeletedKind) => member.client.deleted.purge({ kind, thingId: (await found(member, kind)).id });
const notFound = expect.objectContaining({ code: 'NOT_FOUND' });

async function createClass({ client }: Member, title: string) {
	const mapping = { layout: 'wide' as const, studentId: 'id', studentNames: ['name'], answers: [{ column: 'answer', questionName: '1' }] };
	const source = { text: 'id,name,answer\n1,Ada,The moon pulls.\n2,Bo,The wind.\n' };
	return (await client.grading.create({ fields: { title }, questions: [{ name: '1', text: 'Why are there tides?' }], source, mapping })).id;
}
async function createFilm({ client }: Member, title: string, glossaryId: string | null = null) {
	const source = { file: new File(['1\n00:00:01,000 --> 00:00:02,000\nHello Ada\n'], 'film.srt'), fileName: 'film.srt' };
	return (await client.subtitles.create({ fields: { title, targetLanguage: 'de', glossaryId }, source })).id;
}
async function createDataset({ client }: Member, title: string) {
	return client.finetune.createDataset({ title, source: { from: 'file', file: { text: 'prompt,answer\na,b\n' } } });
}

test('a class comes back with every mark and who gave it', async () => {
	const { client } = uli;
	const assignmentId = await createClass(uli, 'Tides 8b');
	const [ada, bo] = await client.grading.answers({ assignmentId });
	await client.grading.setMark({ answerId: ada?.id ?? '', points: 87.5, feedback: 'Well seen.' });
	await client.grading.setMark({ answerId: bo?.id ?? '', points: 0 });
	const before = { assignment: await client.grading.get({ assignmentId }), answers: await client.grading.answers({ assignmentId }) };
	expect(before.answers.map(({ mark }) => mark?.points)).toEqual([87.5, 0]);

	await client.grading.remove({ assignmentId });
	await stage.restart();
	const thing = await found(uli, 'assignment');
	expect(thing).toEqual({ ...thing, id: assignmentId, placeId: assignmentId, heading: '', title: 'Tides 8b', keptUntil: thing.deletedAt + keepDeletedMs });
	await expect(otto.client.deleted.restore({ kind: 'assignment', thingId: assignmentId })).rejects.toEqual(notFound);
	await expect(otto.client.deleted.purge({ kind: 'assignment', thingId: assignmentId })).rejects.toEqual(notFound);
	expect(await names(otto)).toEqual([]);

	await restore(uli, 'assignment');
	expect({ assignment: await client.grading.get({ assignmentId }), answers: await client.grading.answers({ assignmentId }) }).toEqual(before);
	await expect(client.deleted.purge({ kind: 'assignment', thingId: assignmentId })).rejects.toEqual(notFound);
	await client.grading.remove({ assignmentId });
	await purge(uli, 'assignment');
	await expect(client.deleted.restore({ kind: 'assignment', thingId: assignmentId })).rejects.toEqual(notFound);
	await expect(client.deleted.purge({ kind: 'assignment', thingId: assignmentId })).rejects.toEqual(notFound);
});

test('a deleted glossary leaves its films without one, and comes back to them with its terms', async () => {
	const { client } = uli;
	const { id: glossaryId } = await client.subtitles.createGlossary({ name: 'Season 1' });
	const terms = await client.subtitles.addTerms({ glossaryId, terms: [{ source: 'Ada', target: 'Ada L.' }] });
	const projectId = await createFilm(uli, 'Film', glossaryId);
	await client.subtitles.removeGlossary({ glossaryId });
	const standing = async () => ({
		of: (await client.subtitles.get({ projectId })).glossaryId,
		listed: (await client.subtitles.list())[0]?.glossaryId,
		all: (await client.subtitles.glossaries()).map(({ name }) => name),
		found: (await client.search.find({ words: 'Ada L' })).found.length,
	});
	expect(await standing()).toEqual({ of: null, listed: null, all: [], found: 0 });
	await expect(client.subtitles.addTerms({ glossaryId, terms: [{ source: 'Bo', target: 'Bo' }] })).rejects.toEqual(notFound);
	await expect(client.subtitles.change({ projectId, fields: { glossaryId } })).rejects.toEqual(notFound);
	await restore(uli, 'glossary');
	await expect.poll(standing).toEqual({ of: glossaryId, listed: glossaryId, all: ['Season 1'], found: 1 });
	expect(await client.subtitles.terms({ glossaryId })).toEqual(terms);
	await client.subtitles.removeGlossary({ glossaryId });
	await purge(uli, 'glossary');
	expect((await client.subtitles.get({ projectId })).glossaryId).toBeNull();
	await client.subtitles.remove({ projectId });
	await restore(uli, 'project');
	expect((await client.subtitles.cues({ projectId })).total).toBe(1);
	await client.subtitles.remove({ projectId });
	await purge(uli, 'project');
	expect(await names(uli)).toEqual([]);
});

test('a message is told under its conversation, without what it took along', async () => {
	const { client } = uli;
	const { id: conversationId } = await client.chat.create({ modelId: model.id });
	await client.chat.change({ conversationId, title: 'Tides', settings: { maxTokens: 1 } });
	const { messages } = await client.chat.send({ conversationId, parentId: null, text: 'Why\n are  there tides?' });
	const [question, answer] = messages.map(({ id }) => ({ messageId: id }));
	for await (const piece of await client.chat.watch(answer ?? expect.fail())) if (piece.type === 'end') break;
	await client.chat.removeMessage(answer ?? expect.fail());
	await client.chat.removeMessage(question ?? expect.fail());
	expect(await names(uli)).toEqual(['message: Tides / Why are there tides?']);
	await restore(uli, 'message');
	expect((await client.chat.get({ conversationId })).messages.map(({ id }) => id)).toEqual([question?.messageId]);
	expect((await client.deleted.list()).things.map(({ id, placeId }) => [id, placeId])).toEqual([[answer?.messageId, conversationId]]);
	await client.chat.removeMessage(question ?? expect.fail());
	await purge(uli, 'message');
	expect([await names(uli), (await client.chat.get({ conversationId })).messages]).toEqual([[], []]);
	await expect(client.chat.restoreMessage(answer ?? expect.fail())).rejects.toEqual(notFound);

	await client.chat.remove({ conversationId });
	await restore(uli, 'conversation');
	expect((await client.chat.get({ conversationId })).conversation.title).toBe('Tides');
	await client.chat.remove({ conversationId });
	await purge(uli, 'conversation');
	await expect(client.chat.restore({ conversationId })).rejects.toEqual(notFound);
});

test('a term and a preset come back as they were; what has taken their place meanwhile is kept in turn', async () => {
	const { client } = uli;
	const { id: glossaryId } = await client.subtitles.createGlossary({ name: 'Season 2' });
	const ada = { source: 'Ada', target: 'Ada L.', note: 'The first.' };
	const [first] = await client.subtitles.addTerms({ glossaryId, terms: [ada] });
	const termId = first?.id ?? expect.fail();
	await client.subtitles.removeTerm({ glossaryId, termId });
	const shown = async () => (await client.subtitles.terms({ glossaryId })).map(({ id, target }) => [id, target]);
	const counted = async () => (await client.subtitles.glossaries())[0]?.counts.confirmed;
	const searched = async () => (await client.search.find({ words: 'Ada L' })).found.length;
	await expect.poll(async () => [await shown(), await counted(), await searched(), await names(uli)]).toEqual([[], 0, 0, ['term: Season 2 / Ada → Ada L.']]);
	expect((await found(uli, 'term')).placeId).toBe(glossaryId);
	for (const act of ['restore', 'purge'] as const) await expect(otto.client.deleted[act]({ kind: 'term', thingId: termId })).rejects.toEqual(notFound);

	const [second] = await client.subtitles.addTerms({ glossaryId, terms: [{ source: 'ADA', target: 'Adele' }] });
	await restore(uli, 'term');
	await expect.poll(searched).toBe(1);
	expect([await client.subtitles.terms({ glossaryId }), await names(uli)]).toEqual([[first], ['term: Season 2 / ADA → Adele']]);
	await client.deleted.restore({ kind: 'term', thingId: termId });
	await restore(uli, 'term');
	expect([await shown(), await names(uli)]).toEqual([[[second?.id, 'Adele']], ['term: Season 2 / Ada → Ada L.']]);
	await client.subtitles.removeGlossary({ glossaryId });
	expect(await names(uli)).toEqual(['glossary: Season 2']);
	await restore(uli, 'glossary');
	await purge(uli, 'term');
	await expect(client.deleted.restore({ kind: 'term', thingId: termId })).rejects.toEqual(notFound);

	const order = { to: 'yaml' as const };
	const { id: presetId } = await client.convert.savePreset({ name: 'Website', order: { ...order, indent: 'tab' } });
	await client.convert.removePreset({ presetId });
	await expect(client.convert.removePreset({ presetId })).rejects.toEqual(notFound);
	const { id: otherId } = await client.convert.savePreset({ name: 'Website', order });
	for (const act of ['restore', 'purge'] as const) await expect(otto.client.deleted[act]({ kind: 'preset', thingId: presetId })).rejects.toEqual(notFound);
	await restore(uli, 'preset');
	expect((await client.convert.presets()).map(({ id, name, order: { indent } }) => [id, name, indent])).toEqual([[presetId, 'Website', 'tab']]);
	expect([(await found(uli, 'preset')).id, await names(uli)]).toEqual([otherId, ['preset: Website']]);
	await purge(uli, 'preset');
	await expect(client.deleted.restore({ kind: 'preset', thingId: otherId })).rejects.toEqual(notFound);
	await client.subtitles.removeGlossary({ glossaryId });
	await purge(uli, 'glossary');
	expect(await names(uli)).toEqual([]);
});

test('what a conversation was answered goes with it for good, also from the answers that are kept to be given again', async () => {
	const asked = async ({ client }: Member) => {
		const { id: conversationId } = await client.chat.create({ modelId: model.id });
		await client.chat.change({ conversationId, settings: { temperature: 0, maxTokens: 4 } });
		const { messages } = await client.chat.send({ conversationId, parentId: null, text: 'Who is Ada?' });
		for await (const piece of await client.chat.watch({ messageId: messages.at(-1)?.id ?? '' })) if (piece.type === 'end') break;
		return { conversationId };
	};
	await stage.olga.client.ledger.setAllowance({ accountId: otto.accountId, isMetered: false, allowance: null });
	const [conversation] = [await asked(uli), await asked(otto)];
	const kept = async () => [(await uli.client.cache.kept()).own.answers, (await otto.client.cache.kept()).own.answers];
	expect(await kept()).toEqual([1, 1]);
	await uli.client.chat.remove(conversation);
	expect(await kept()).toEqual([1, 1]);
	await purge(uli, 'conversation');
	expect(await kept()).toEqual([0, 1]);
});

test('a comment comes back, also by being saved again', async () => {
	const { client } = uli;
	const { id: commentId } = await client.grading.addComment({ text: 'Show your working.' });
	await client.grading.removeComment({ commentId });
	expect(await names(uli)).toEqual(['comment: Show your working.']);
	expect(await client.grading.comments()).toEqual([]);
	expect((await client.grading.addComment({ text: 'Show your working.' })).id).toBe(commentId);
	expect(await names(uli)).toEqual([]);
	await client.grading.removeComment({ commentId });
	await restore(uli, 'comment');
	expect(await client.grading.comments()).toEqual([{ id: commentId, text: 'Show your working.' }]);
	await client.grading.removeComment({ commentId });
	await purge(uli, 'comment');
	await expect(client.deleted.restore({ kind: 'comment', thingId: commentId })).rejects.toEqual(notFound);
});

test('a dataset that a paused training may read again is not deleted for good; a run and an adapter go with their files', async () => {
	const { client } = uli;
	const dataset = await createDataset(uli, 'Lesson');
	const { id: jobless } = await createDataset(uli, 'Other lesson');
	const settings = { ...settingsOfIntent('basic'), epochs: 1 };
	const order = { versionId: dataset.versions[0]?.id ?? '', title: 'First try', modelId: model.id, intent: 'basic' as const, task: 'text' as const, settings };
	const { id: runId, job } = await client.finetune.startRun(order);
	await client.jobs.pause({ jobId: job.id });
	await client.finetune.removeDataset({ datasetId: jobless });
	await client.finetune.removeDataset({ datasetId: dataset.id });
	await expect(client.deleted.purge({ kind: 'dataset', thingId: dataset.id })).rejects.toMatchObject({ code: 'DATASET_IN_USE', data: { run: 'First try' } });
	await expect(client.deleted.purgeAll({ until: Date.now() })).rejects.toMatchObject({ code: 'DATASET_IN_USE' });
	expect(await names(uli)).toEqual(['dataset: Lesson']);
	await restore(uli, 'dataset');
	await client.jobs.cancel({ jobId: job.id });
	await client.finetune.removeDataset({ datasetId: dataset.id });
	await client.finetune.removeRun({ runId });
	await restore(uli, 'run');
	await client.finetune.removeRun({ runId });
	await purge(uli, 'run');
	await purge(uli, 'dataset');

	const made = path.join(stage.folder, 'made.gguf');
	const tokens = Array.from({ length: 16 }, (_, i) => i + 10);
	await trainTestAdapter(model.path, made, [{ tokens, learnt: tokens.map(() => true) }], 1);
	const sent = { file: new File([readFileSync(made)], 'made.gguf'), fileName: 'made.gguf' };
	const { id: adapterId } = await client.finetune.importAdapter({ ...sent, modelId: model.id, name: 'Lesson' });
	const file = path.join(stage.folder, 'finetune', 'adapters', `${adapterId}.gguf`);
	await client.finetune.removeAdapter({ adapterId });
	expect(existsSync(file)).toBe(true);
	await restore(uli, 'adapter');
	await client.finetune.removeAdapter({ adapterId });
	await purge(uli, 'adapter');
	expect([existsSync(file), await names(uli)]).toEqual([false, []]);
});

test('the newest come first, and what was deleted after the list was read is not emptied with it', async () => {
	const { client } = uli;
	const first = await createClass(uli, 'First');
	const second = await createFilm(uli, 'Second');
	await client.grading.remove({ assignmentId: first });
	await expect.poll(() => Date.now()).toBeGreaterThan((await found(uli, 'assignment')).deletedAt);
	await client.subtitles.remove({ projectId: second });
	expect(await names(uli)).toEqual(['project: Second', 'assignment: First']);
	const otherClass = await createClass(otto, 'Another’s');
	await otto.client.grading.remove({ assignmentId: otherClass });
	await client.deleted.purgeAll({ until: (await found(uli, 'assignment')).deletedAt });
	expect([await names(uli), await names(otto)]).toEqual([['project: Second'], ['assignment: Another’s']]);
	const { entries } = await stage.olga.client.audit.list({ act: 'deleted', limit: 500 });
	expect(entries).toContainEqual(expect.objectContaining({ accountName: 'Uli', act: 'deleted.purgeAll', result: 'ok' }));
	expect(entries).toContainEqual(expect.objectContaining({ accountName: 'Uli', act: 'deleted.purge', detail: 'kind=conversation', result: 'ok' }));
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Found } from '#contract/search.ts';
import { type Member, type OpenedApp, openApp } from '../../openApp.test-support.ts';

let stage: OpenedApp;
let uli: Member;
let otto: Member;
beforeAll(async () => {
	stage = await openApp();
	uli = await stage.member('Uli', 'user');
	otto = await stage.member('Otto', 'user');
});
afterAll(() => stage.close());

const find = async (member: Member, words: string): Promise<Found[]> => {
	for (let tries = 0; ; tries += 1) {
		const { found, isComplete } = await member.client.search.find({ words });
		if (isComplete) return found;
		if (tries > 500) throw new Error('the index is never complete');
		await new Promise((resolve) => setTimeout(resolve, 10));
	}
};
/** What is found, as `kind: text`. */
const texts = async (member: Member, words: string) => (await find(member, words)).map(({ kind, text }) => `${kind}: ${text}`);

const mapping = { layout: 'wide' as const, studentId: 'id', studentNames: ['name'], answers: [{ column: 'answer', questionName: '1' }] };

async function makeWork({ client }: Member) {
	const { id: conversationId } = await client.chat.create({ modelId: null });
	await client.chat.change({ conversationId, title: 'Quasar evening' });
	const fields = { title: 'Sky', subject: 'Quasar physics', className: '8b', blind: false };
	const source = { text: 'id,name,answer\n1,Ada Byron,A quasar is far away.\n2,Bo,它是一个类星体。\n' };
	const { id: assignmentId } = await client.grading.create({ fields, questions: [{ name: '1', text: 'What is a quasar?', key: 'a galaxy' }], source, mapping });
	const file = new File(['1\n00:00:01,000 --> 00:00:02,000\n<i>The quasar</i> shines\n'], 'sky.srt');
	const { id: projectId } = await client.subtitles.create({ fields: { title: 'Film', targetLanguage: 'zh' }, source: { file, fileName: 'sky.srt' } });
	const { cues } = await client.subtitles.cues({ projectId });
	await client.subtitles.edit({ projectId, changes: [{ cueId: cues[0]?.id ?? '', target: '类星体在发光' }] });
	await client.finetune.createDataset({ title: 'Quasars', source: { from: 'file', file: { text: 'prompt,answer\na,b\n' } } });
	return { conversationId, assignmentId, projectId, cueId: cues[0]?.id ?? '' };
}

test('finds what a person made by any word in it, each one’s own alone', async () => {
	const made = await makeWork(uli);
	expect(await texts(uli, 'quas')).toEqual([
		'conversation: Quasar evening',
		'assignment: Sky · Quasar physics · 8b',
		'dataset: Quasars',
		'question: 1 · What is a quasar? · a galaxy',
		'answer: Ada Byron: A quasar is far away.',
		'cue: The quasar shines → 类星体在发光',
	]);
	expect(await texts(uli, '星体')).toEqual(['answer: Bo: 它是一个类星体。', 'cue: The quasar shines → 类星体在发光']);
	expect(await find(uli, '光 quasar')).toEqual([
		{
			kind: 'cue',
			id: made.cueId,
			placeId: made.projectId,
			heading: 'Film',
			text: 'The quasar shines → 类星体在发光',
			hits: [
				[4, 10],
				[25, 26],
			],
		},
	]);
	expect((await texts(uli, 'byron')).sort()).toEqual(['answer: Ada Byron: A quasar is far away.', 'student: Ada Byron · 1']);
	const ada = { kind: 'student', placeId: made.assignmentId, heading: 'Sky', text: 'Ada Byron · 1', hits: [[4, 9]] };
	const answerId = (await find(uli, 'byron')).find(({ kind }) => kind === 'answer')?.id;
	expect((await find(uli, 'byron')).find(({ kind }) => kind === 'student')).toEqual({ ...ada, id: expect.any(String), partId: answerId });
	expect(await texts(uli, 'i')).toEqual([]);
	expect(await texts(uli, 'quasar telescope')).toEqual([]);
	expect(await texts(otto, 'quasar')).toEqual([]);
	expect(await texts(stage.olga, 'quasar')).toEqual([]);

	await uli.client.grading.change({ assignmentId: made.assignmentId, fields: { blind: true } });
	// Whose answer is whose stays hidden: the name leads to the class alone.
	expect(await find(uli, 'byron')).toEqual([{ ...ada, id: expect.any(String) }]);
	await uli.client.chat.remove({ conversationId: made.conversationId });
	await uli.client.grading.remove({ assignmentId: made.assignmentId });
	expect(await texts(uli, 'quasar')).toEqual(['dataset: Quasars', 'cue: The quasar shines → 类星体在发光']);
	await uli.client.chat.restore({ conversationId: made.conversationId });
	await uli.client.grading.restore({ assignmentId: made.assignmentId });
	await uli.client.subtitles.remove({ projectId: made.projectId });
	expect((await find(uli, 'quasar')).map(({ kind }) => kind)).toEqual(['conversation', 'assignment', 'dataset', 'question', 'answer']);

	await stage.restart();
	expect((await find(uli, 'quasar')).map(({ kind }) => kind)).toEqual(['conversation', 'assignment', 'dataset', 'question', 'answer']);
	await uli.client.chat.change({ conversationId: made.conversationId, title: 'Pulsar evening' });
	expect(await texts(uli, 'pulsar')).toEqual(['conversation: Pulsar evening']);
	expect((await find(uli, 'quasar')).map(({ kind }) => kind)).toEqual(['assignment', 'dataset', 'question', 'answer']);
}, 30_000);

test.each(['"', "'", '*', 'AND', 'NOT a', 'scope:x', '(', '\0', '\u{d800}', '^a', 'a-b', '%', '{', `${'a '.repeat(99)}`])(
	'takes %j for words',
	async (words) => {
		await expect(find(otto, words)).resolves.toEqual([]);
	},
);

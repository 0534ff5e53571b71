import { unzipSync } from 'fflate';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type OpenedApp, openApp } from './openApp.test-support.ts';

let stage: OpenedApp;
beforeEach(async () => {
	stage = await openApp();
});
afterEach(() => stage.close());

/** The archive, unpacked. */
async function taken(client: OpenedApp['olga']['client']): Promise<{ fileName: string; files: Record<string, string> }> {
	const pieces: Buffer[] = [];
	let name = '';
	for await (const { fileName, piece } of await client.accounts.exportFiles()) {
		name = fileName;
		pieces.push(Buffer.from(piece, 'base64'));
	}
	const files = Object.entries(unzipSync(Buffer.concat(pieces))).map(([path, bytes]): [string, string] => [path, Buffer.from(bytes).toString('utf8')]);
	return { fileName: name, files: Object.fromEntries(files) };
}

test('all that a person has made lies in one archive, in forms that others open, and nothing of anybody else', async () => {
	const { client } = stage.olga;
	for (const _twice of [1, 2]) {
		const { id } = await client.chat.create({});
		await client.chat.change({ conversationId: id, title: 'Why <is> the sky / blue?' });
	}
	const source = { text: 'id,name,answer\n1,Kim,The moon pulls the water.\n' };
	const mapping = { layout: 'wide' as const, studentId: 'id', studentNames: ['name'], answers: [{ column: 'answer', questionName: 'answer' }] };
	await client.grading.create({ fields: { title: '潮汐' }, questions: [{ name: 'answer', text: 'Why are there tides?' }], source, mapping });
	const film = { file: new File(['1\n00:00:01,000 --> 00:00:02,000\nHello\n'], 'film.srt'), fileName: 'film.srt' };
	const { glossaryId } = await client.subtitles.create({ fields: { title: 'My film', targetLanguage: 'de' }, source: film });
	await client.subtitles.addTerms({ glossaryId: glossaryId ?? '', terms: [{ source: 'Ada', target: 'Ada' }] });
	await client.finetune.createDataset({ title: 'Lesson', source: { from: 'file', file: { text: 'prompt,answer\nWhat pulls?,The moon.\n' } } });
	const other = await stage.member('Otto', 'user');
	await other.client.chat.create({});

	const { fileName, files } = await taken(client);
	expect(fileName).toMatch(/^Homeroom Olga \d{4}-\d\d-\d\d\.zip$/);
	const glossary = Object.keys(files).filter((path) => path.startsWith('glossaries/'));
	expect(
		Object.keys(files)
			.filter((path) => !glossary.includes(path))
			.sort(),
	).toEqual(
		[
			...['chats/Why is the sky blue (2).json', 'chats/Why is the sky blue (2).md', 'chats/Why is the sky blue.json', 'chats/Why is the sky blue.md'],
			...['classes/潮汐.csv', 'classes/潮汐.json', 'classes/潮汐.xlsx', 'everything.json', 'examples/Lesson v1.jsonl', 'index.html', 'problems.txt'],
			...['subtitles/My film.ass', 'subtitles/My film.srt', 'subtitles/My film.vtt'],
		].sort(),
	);
	expect(files['subtitles/My film.srt']).toContain('Hello');
	expect(files['classes/潮汐.csv']).toContain('Kim');
	expect(files['examples/Lesson v1.jsonl']).toContain('The moon.');
	expect(files[glossary[0] ?? '']).toContain('Ada');
	expect(files['problems.txt']).toBe('Every file could be written.\n');
	expect(files['index.html']).toContain(`<a href="chats/${encodeURIComponent('Why is the sky blue')}.md">`);
	expect(JSON.parse(files['everything.json'] ?? '')).toMatchObject({ account: { name: 'Olga' } });
	expect(JSON.stringify(files)).not.toContain('Otto');
});

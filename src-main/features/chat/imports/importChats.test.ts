import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ImportReport } from '#contract/chatImport.ts';
import { temporaryDatabase } from '../../../platform/database/temporaryDatabase.ts';
import { readMessages } from '../chatRows.ts';
import { branchTo } from '../tree.ts';
import { importChats } from './importChats.ts';
import type { ImportSource } from './importFiles.ts';

let database: ReturnType<typeof temporaryDatabase>;
let folder: string;
beforeEach(() => {
	database = temporaryDatabase();
	folder = mkdtempSync(join(tmpdir(), 'homeroom-import-'));
});
afterEach(() => {
	database.remove();
	rmSync(folder, { recursive: true, force: true });
});

const filesOf = (files: Record<string, unknown>): ImportSource => ({
	files: Object.entries(files).map(([path, value]) => ({ path, file: new File([typeof value === 'string' ? value : JSON.stringify(value)], path) })),
});

async function run(source: ImportSource, { writes = true, ownerId = 'ann' } = {}): Promise<ImportReport> {
	for await (const step of importChats({ db: database.db, ownerId, source, uploadsFolder: folder, writes, now: 9000 }))
		if (step.type === 'end') return step.report;
	throw new Error('an import without an end');
}

/** Each conversation of Ann's, with the branch that is shown and how many messages there are in all. */
function chats(ownerId = 'ann') {
	// All rows of this test's own database.
	const rows = database.db.$client.prepare('select * from conversation where owner_id = ? order by created_at').all(ownerId) as {
		id: string;
		title: string;
		leaf_id: string;
		created_at: number;
	}[];
	return rows.map(({ id, title, leaf_id, created_at }) => {
		const messages = readMessages(database.db, ownerId, id);
		return { title, at: created_at, all: messages.length, said: branchTo(messages, leaf_id).map(({ role, content, modelName }) => [role, content, modelName]) };
	});
}

const node = (id: string, parent: string | null, role: string, text: unknown, more: object = {}) => ({
	id,
	parent,
	children: [],
	message: { id, author: { role }, create_time: 1_700_000_000.5, content: { content_type: 'text', parts: [text] }, metadata: {}, recipient: 'all', ...more },
});
const chatGpt = {
	title: 'Tides',
	create_time: 1_700_000_000.5,
	update_time: 1_700_000_100,
	conversation_id: 'c1',
	current_node: 'a2',
	mapping: {
		root: { id: 'root', parent: null, children: ['s'], message: null },
		s: node('s', 'root', 'system', ''),
		u: node('u', 's', 'user', 'Why are there tides?'),
		a1: node('a1', 'u', 'assistant', 'The wind.', { metadata: { model_slug: 'gpt-4' } }),
		a2: node('a2', 't', 'assistant', 'The moon.', { metadata: { model_slug: 'gpt-4o' } }),
		c: node('c', 'u', 'assistant', 'search("tides")', { recipient: 'browser' }),
		t: node('t', 'c', 'tool', 'a page'),
		p: {
			id: 'p',
			parent: 'a2',
			children: [],
			message: { author: { role: 'user' }, content: { content_type: 'multimodal_text', parts: [{ asset_pointer: 'x' }, 'And this?'] } },
		},
	},
};

test('a ChatGPT export: the branch that was shown, the others beside it, what tools and pictures were is told', async () => {
	const report = await run(filesOf({ 'conversations.json': [chatGpt], 'user.json': { id: 'me' } }));
	expect(report).toMatchObject({ programs: [{ program: 'chatgpt', count: 1 }], fresh: 1, known: 0, messages: 4, problemCount: 2 });
	expect(report.problems).toEqual([
		{ where: 'Tides', code: 'tools', count: 2 },
		{ where: 'Tides', code: 'attachments', count: 1 },
	]);
	expect(chats()).toEqual([
		{
			title: 'Tides',
			at: 1_700_000_000_500,
			all: 4,
			said: [
				['user', 'Why are there tides?', null],
				['assistant', 'The moon.', 'gpt-4o'],
			],
		},
	]);
});

test('a second import takes nothing twice, another person’s is their own, and looking writes nothing', async () => {
	const source = () => filesOf({ 'conversations.json': [chatGpt, { ...chatGpt, conversation_id: 'c2', title: '' }, chatGpt] });
	expect(await run(source(), { writes: false })).toMatchObject({ fresh: 2, known: 1 });
	expect(chats()).toEqual([]);
	expect(await run(source())).toMatchObject({ fresh: 2, known: 1, shown: [{ title: 'Tides' }, { title: 'Why are there tides?' }] });
	expect(await run(source())).toMatchObject({ fresh: 0, known: 3, messages: 0 });
	expect(await run(source(), { ownerId: 'bob' })).toMatchObject({ fresh: 2 });
	expect([chats().length, chats('bob').length]).toEqual([2, 2]);
});

test('LM Studio: the selected versions in a row, the others as branches, the text of steps, the system prompt', async () => {
	const text = (value: string) => [{ type: 'text', text: value }];
	const lmStudio = {
		name: 'Stars',
		createdAt: 1_720_000_000_000,
		systemPrompt: 'Be brief.',
		messages: [
			{ versions: [{ type: 'singleStep', role: 'user', content: text('What is a star?') }], currentlySelected: 0 },
			{
				currentlySelected: 1,
				versions: [
					{ type: 'multiStep', role: 'assistant', senderInfo: { senderName: 'qwen' }, steps: [{ type: 'contentBlock', content: text('A sun.') }] },
					{
						type: 'multiStep',
						role: 'assistant',
						senderInfo: { senderName: 'qwen' },
						steps: [
							{ type: 'contentBlock', content: text('A ball of gas.') },
							{ type: 'debugInfoBlock', debugInfo: 'x' },
						],
					},
				],
			},
		],
	};
	expect(await run(filesOf({ 'conversations/1720000000000.conversation.json': lmStudio }))).toMatchObject({ fresh: 1, messages: 3, problems: [] });
	expect(chats()).toEqual([
		{
			title: 'Stars',
			at: 1_720_000_000_000,
			all: 3,
			said: [
				['user', 'What is a star?', null],
				['assistant', 'A ball of gas.', 'qwen'],
			],
		},
	]);
	expect(database.db.$client.prepare("select settings ->> 'systemPrompt' from conversation where owner_id = 'ann'").pluck().get()).toBe('Be brief.');
});

const line = (id: string, role: string, value: string, at: number) =>
	JSON.stringify({ id, role, created_at: at, content: [{ type: 'text', text: { value } }] });
const thread = { id: 't1', object: 'thread', title: 'Moons', created: 1_710_000_000, assistants: [{ model: { id: 'llama' }, instructions: 'Kind.' }] };

test('Jan: a thread with its lines, out of an archive; a line that is none is told', async () => {
	const files = {
		'jan/threads/t1/thread.json': JSON.stringify(thread),
		'jan/threads/t1/messages.jsonl': [line('2', 'assistant', 'Two.', 20), line('1', 'user', 'Moons of Mars?', 10), '{"half'].join('\n'),
	};
	const zip = join(folder, 'jan.zip');
	writeFileSync(zip, zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]))));
	expect(await run({ path: zip })).toMatchObject({
		programs: [{ program: 'jan', count: 1 }],
		fresh: 1,
		problems: [{ where: 'Moons', code: 'damaged', count: 1 }],
	});
	expect(chats()).toEqual([
		{
			title: 'Moons',
			at: 1_710_000_000_000,
			all: 2,
			said: [
				['user', 'Moons of Mars?', null],
				['assistant', 'Two.', 'llama'],
			],
		},
	]);
});

test('archives beside other files are looked into too, each by itself, and one that is damaged is named', async () => {
	const archiveOf = (id: string, title: string) => {
		const files = {
			'threads/t/thread.json': JSON.stringify({ ...thread, id, title }),
			'threads/t/messages.jsonl': line('1', 'user', `Asked in ${title}`, 10),
		};
		return new File([zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)])))], 'x.zip');
	};
	const said = { versions: [{ type: 'singleStep', role: 'user', content: [{ type: 'text', text: 'Asked in Loose' }] }], currentlySelected: 0 };
	const loose = new File([JSON.stringify({ name: 'Loose', createdAt: 1_720_000_000_000, systemPrompt: '', messages: [said] })], 'loose.conversation.json');
	const files = [
		{ path: 'one.zip', file: archiveOf('one', 'One') },
		{ path: 'two.zip', file: archiveOf('two', 'Two') },
		{ path: 'loose.conversation.json', file: loose },
	];
	expect(await run({ files })).toMatchObject({ fresh: 3, known: 0, problemCount: 0 });
	expect(chats().map(({ title, said }) => [title, said[0]?.[1]])).toEqual(
		expect.arrayContaining([
			['One', 'Asked in One'],
			['Two', 'Asked in Two'],
			['Loose', 'Asked in Loose'],
		]),
	);
	const bad = { path: 'bad.zip', file: new File(['PK'], 'bad.zip') };
	expect(await run({ files: [bad, ...files] })).toMatchObject({ known: 3, problems: [{ where: 'bad.zip', code: 'damaged', count: 1 }], problemCount: 1 });
	await expect(run({ files: [bad] })).rejects.toMatchObject({
		...{ code: 'DOCUMENT_INVALID', data: { fileName: 'bad.zip' } },
	});
});

test('Open WebUI: the tree with the branch that was shown', async () => {
	const messages = {
		1: { id: '1', parentId: null, childrenIds: ['2', '3'], role: 'user', content: 'Hello', timestamp: 1_700_000_000 },
		2: { id: '2', parentId: '1', childrenIds: [], role: 'assistant', content: 'Hi', model: 'llama3.2', timestamp: 1_700_000_005 },
		3: { id: '3', parentId: '1', childrenIds: [], role: 'assistant', content: 'Good day', model: 'qwen', timestamp: 1_700_000_006 },
	};
	const report = await run(filesOf({ 'export.json': [{ id: 'w1', title: 'Greeting', chat: { models: ['x'], history: { currentId: '2', messages } } }] }));
	expect(report).toMatchObject({ programs: [{ program: 'openwebui', count: 1 }], fresh: 1, messages: 3 });
	expect(chats()).toEqual([
		{
			title: 'Greeting',
			at: 1_700_000_000_000,
			all: 3,
			said: [
				['user', 'Hello', null],
				['assistant', 'Hi', 'llama3.2'],
			],
		},
	]);
});

test('what is no conversation, is cut off, goes in circles or is empty is told by its place, and the rest is taken in', async () => {
	const circle = {
		...chatGpt,
		conversation_id: 'c3',
		title: 'Circle',
		mapping: { ...chatGpt.mapping, x: node('x', 'y', 'user', 'x'), y: node('y', 'x', 'user', 'y') },
	};
	const empty = { ...chatGpt, conversation_id: 'c4', title: 'Empty', mapping: {} };
	const report = await run(
		filesOf({ 'a.json': [circle, empty, 7, { no: 'chat' }], 'b.json': '[{"mapping": {', 'c.json': [chatGpt], 'd.json': 'hello', 'notes.txt': 'x' }),
	);
	expect(report).toMatchObject({ fresh: 2 });
	expect(report.problems.filter(({ code }) => code !== 'tools' && code !== 'attachments')).toEqual([
		{ where: 'Circle', code: 'brokenTree', count: 2 },
		{ where: 'Empty', code: 'empty', count: 1 },
		{ where: 'a.json', code: 'unknownForm', count: 1 },
		{ where: 'b.json', code: 'damaged', count: 1 },
		{ where: 'd.json', code: 'damaged', count: 1 },
	]);
});

test('whatever a conversation claims to be, nothing breaks and every message follows one before it', async () => {
	const ids = fc.constantFrom('a', 'b', 'c', 'd', '__proto__');
	const said = fc.record(
		{
			author: fc.record({ role: fc.constantFrom('user', 'assistant', 'tool', 'system', '') }),
			content: fc.record({ parts: fc.array(fc.oneof(fc.string(), fc.jsonValue())) }),
			create_time: fc.oneof(fc.double(), fc.string()),
		},
		{ requiredKeys: [] },
	);
	const nodes = fc.record({ id: ids, parent: fc.option(ids), message: fc.oneof(said, fc.jsonValue()) });
	const chat = fc.record({
		mapping: fc.dictionary(fc.string(), fc.oneof(nodes, fc.jsonValue())),
		current_node: fc.oneof(ids, fc.jsonValue()),
		title: fc.oneof(fc.string(), fc.jsonValue()),
		create_time: fc.double(),
	});
	await fc.assert(
		fc.asyncProperty(fc.array(fc.oneof(chat, fc.jsonValue()), { maxLength: 4 }), async (value) => {
			await run(filesOf({ 'conversations.json': value }));
			for (const { id } of database.db.$client.prepare("select id from conversation where owner_id = 'ann'").all() as { id: string }[]) {
				const rows = database.db.$client
					.prepare("select id, parent_id from message where conversation_id = (select id from conversation where id = ? and owner_id = 'ann') order by rowid")
					.all(id) as { id: string; parent_id: string | null }[];
				const before = new Set<string | null>([null]);
				for (const row of rows) {
					expect(before.has(row.parent_id)).toBe(true);
					before.add(row.id);
				}
			}
		}),
		{ numRuns: 40 },
	);
});

test('a list of any length needs no more memory than its longest conversation', async () => {
	const long = JSON.stringify({ ...chatGpt, mapping: { u: node('u', null, 'user', 'x'.repeat(200_000)) } });
	const file = join(folder, 'conversations.json');
	const pieces = Array.from({ length: 300 }, (_, at) => long.replace('"c1"', `"n${at}"`));
	writeFileSync(file, `[${pieces.join(',')}]`);
	expect(await run({ path: file }, { writes: false })).toMatchObject({ fresh: 300 });
});

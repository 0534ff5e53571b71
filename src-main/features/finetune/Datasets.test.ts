import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isFailure } from '#contract/errors.ts';
import type { Dataset, DatasetSource, ExampleTurn } from '#contract/finetune.ts';
import { openDatabase } from '../../platform/database/openDatabase.ts';
import { everyOwner } from '../../platform/database/owned.ts';
import { resolvePaths } from '../../platform/paths/paths.ts';
import { Datasets } from './Datasets.ts';
import { splitVersion } from './prepareRun.ts';
import { dataset, datasetExample, datasetVersion } from './schema.ts';

const day = 24 * 60 * 60 * 1000;
let folder: string;
let database: ReturnType<typeof openDatabase>;
let datasets: Datasets;
let now = 1_800_000_000_000;

const ask = (user: string, assistant: string): ExampleTurn[] => [
	{ role: 'user', content: user },
	{ role: 'assistant', content: assistant },
];
const text = (content: string): DatasetSource => ({ from: 'file', file: { text: content } });
const file = (bytes: Uint8Array<ArrayBuffer>, fileName = 'examples.jsonl'): DatasetSource => ({
	from: 'file',
	file: { file: new File([bytes], fileName), fileName },
});
const linesOf = (...chats: ExampleTurn[][]) => chats.map((messages) => JSON.stringify({ messages })).join('\n');

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'homeroom-datasets-'));
	const { database: databaseFile, migrations } = resolvePaths({ dataFolder: folder });
	database = openDatabase({ file: databaseFile, migrationsFolder: migrations, log: pino({ level: 'silent' }) });
	datasets = new Datasets({
		db: database.db,
		now: () => now,
		// A token for each letter; the assistant's are learnt.
		async *encode(_ownerId, _modelId, chats) {
			for (const turns of chats) {
				const learnt = turns.flatMap(({ role, content }) => [...content].map(() => role === 'assistant'));
				yield { tokens: learnt.map((_, token) => token), learnt };
			}
		},
		marksOf: (_ownerId, ids) =>
			ids.map((id) => ({
				title: `Class ${id}`,
				examples:
					id === 'empty'
						? []
						: [
								{ row: 2, turns: ask('q', `{"score":${id}}`) },
								{ row: 3, turns: null },
							],
			})),
		cuesOf: () => [],
		chatsOf: (_ownerId, ids) => ids.map((id) => ({ title: `Chat ${id}`, examples: [{ row: 1, turns: id === 'open' ? null : ask('Hello', id) }] })),
	});
	datasets.recover();
});
afterAll(async () => {
	database.close();
	await rm(folder, { recursive: true });
});

/** The titles in the next value of a stream of datasets. */
async function titlesOf(watch: AsyncGenerator<Dataset[]>): Promise<string[]> {
	const { done, value } = await watch.next();
	if (done) throw new Error('the watch ended');
	return value.map(({ title }) => title);
}

function count(table: typeof dataset | typeof datasetVersion | typeof datasetExample): number {
	const of = table === dataset ? dataset : table === datasetVersion ? datasetVersion.datasetId : datasetExample.versionId;
	return database.db.select().from(table).where(everyOwner(of)).all().length;
}

test('a version keeps what it was made of: a second one extends it or takes its place, and the first stays as it was', async () => {
	const made = await datasets.create('ann', 'Phrases', text(linesOf(ask('a', '1'), ask('b', '2'), ask(' a', '1 '))));
	const [first] = made.versions;
	expect(made).toMatchObject({
		title: 'Phrases',
		versions: [{ number: 1, form: 'messages', origin: '', exampleCount: 2, duplicateCount: 1, refusedCount: 0, characters: 4 }],
	});
	expect(datasets.problems('ann', first?.id ?? '')).toEqual([{ row: 3, field: null, code: 'duplicate', detail: '1' }]);
	const extended = await datasets.addVersion('ann', made.id, text(linesOf(ask('b', '2'), ask('c', '3'))), true);
	const replaced = await datasets.addVersion('ann', made.id, text(linesOf(ask('a', '1'), ask('b', '2'))), false);
	expect(replaced.versions.map(({ number, exampleCount, duplicateCount }) => [number, exampleCount, duplicateCount])).toEqual([
		[3, 2, 0],
		[2, 3, 1],
		[1, 2, 1],
	]);
	expect(datasets.examples('ann', extended.versions[0]?.id ?? '', 1, 5)).toEqual({
		total: 3,
		examples: [
			{ position: 1, row: 2, turns: ask('b', '2') },
			{ position: 2, row: 2, turns: ask('c', '3') },
		],
	});
	// What is learnt is the same in the first and the third, and only there.
	const digests = replaced.versions.map(({ digest }) => digest);
	expect([digests[0] === digests[2], digests[0] === digests[1], digests[0]?.length]).toEqual([true, false, 64]);
});

test('what gives nothing new is refused, and nothing of it is left', async () => {
	const { id } = await datasets.create('ann', 'Kept', text(linesOf(ask('a', '1'))));
	const before = [count(dataset), count(datasetVersion), count(datasetExample)];
	const code = async (work: Promise<unknown>) =>
		work.then(
			() => 'ok',
			(error: unknown) => isFailure(error, 'DATASET_INVALID') && error.data,
		);
	expect(await code(datasets.create('ann', 'None', text(linesOf(ask('a', ' ')))))).toEqual({ row: 1, field: 'messages[1].content', reason: 'noExamples' });
	expect(await code(datasets.create('ann', 'None', text(' \n\n')))).toEqual({ row: null, field: null, reason: 'empty' });
	expect(await code(datasets.create('ann', 'None', text('[1, 2]')))).toEqual({ row: 1, field: null, reason: 'unknownForm' });
	expect(await code(datasets.create('ann', 'None', text('nothing but prose')))).toEqual({ row: 1, field: null, reason: 'unknownForm' });
	expect(await code(datasets.create('ann', 'None', { from: 'marks', assignmentIds: ['empty'] }))).toMatchObject({ reason: 'nothingMarked' });
	expect(await code(datasets.addVersion('ann', id, text(linesOf(ask('a', '1'))), true))).toMatchObject({ reason: 'noExamples' });
	expect([count(dataset), count(datasetVersion), count(datasetExample)]).toEqual(before);
});

test('another account sees nothing of it and changes nothing', async () => {
	const { id: datasetId, versions } = await datasets.create('ann', 'Mine', text(linesOf(ask('secret', 'answer'))));
	const versionId = versions[0]?.id ?? '';
	const tries: (() => unknown)[] = [
		() => datasets.rename('bob', datasetId, 'Theirs'),
		() => datasets.remove('bob', datasetId),
		() => datasets.restore('bob', datasetId),
		() => datasets.addVersion('bob', datasetId, text(linesOf(ask('x', 'y'))), true),
		() => datasets.examples('bob', versionId, 0, 10),
		() => datasets.problems('bob', versionId),
		() => datasets.tokens('bob', versionId, 'model').next(),
		() => datasets.export('bob', versionId),
	];
	for (const attempt of tries) await expect((async () => attempt())()).rejects.toMatchObject({ code: 'NOT_FOUND' });
	expect(await titlesOf(datasets.watch('bob'))).toEqual([]);
	expect([...datasets.exportOf('bob')]).toEqual([]);
	expect(datasets.examples('ann', versionId, 0, 10).total).toBe(1);
});

test('a removed dataset comes back for 30 days and is gone after; what was half-written goes at the next start', async () => {
	const { id } = await datasets.create('ann', 'Removed', text(linesOf(ask('old', 'new'))));
	const { id: keptId } = await datasets.create('ann', 'Stays', text(linesOf(ask('old', 'new'))));
	datasets.remove('ann', id);
	expect(() => datasets.rename('ann', id, 'Other')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
	expect(datasets.restore('ann', id).title).toBe('Removed');
	datasets.remove('ann', id);
	// What a crash in the middle of writing leaves: a version without its number, and a dataset without a version.
	const half = {
		form: 'messages' as const,
		origin: '',
		exampleCount: 2,
		duplicateCount: 0,
		refusedCount: 0,
		characters: 2,
		digest: '',
		problems: [],
		createdAt: now,
	} satisfies Partial<typeof datasetVersion.$inferInsert>;
	database.db.insert(dataset).values({ id: 'half', ownerId: 'ann', title: 'Half', createdAt: now }).run();
	for (const datasetId of ['half', keptId])
		database.db
			.insert(datasetVersion)
			.values({ id: `of ${datasetId}`, datasetId, number: 0, ...half })
			.run();
	expect(await titlesOf(datasets.watch('ann'))).not.toContain('Half');
	expect(() => datasets.examples('ann', 'of half', 0, 1)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
	now += 29 * day;
	datasets.recover();
	expect(datasets.restore('ann', id).versions.length).toBe(1);
	expect(datasets.rename('ann', keptId, 'Stays').versions.length).toBe(1);
	expect(() => datasets.restore('ann', 'half')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
	datasets.remove('ann', id);
	now += 31 * day;
	datasets.recover();
	expect(() => datasets.restore('ann', id)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
});

test('a watcher is told of each change, and of nobody else’s', async () => {
	const watch = datasets.watch('cora');
	const titles = () => titlesOf(watch);
	expect(await titles()).toEqual([]);
	await datasets.create('ann', 'Not yours', text(linesOf(ask('a', '1'))));
	const { id } = await datasets.create('cora', 'One', text(linesOf(ask('a', '1'))));
	expect(await titles()).toEqual(['One']);
	datasets.rename('cora', id, 'Two');
	expect(await titles()).toEqual(['Two']);
	datasets.remove('cora', id);
	expect(await titles()).toEqual([]);
	await watch.return(undefined);
});

const exported = (ownerId: string) =>
	[...datasets.exportOf(ownerId)].map(({ versions, ...row }) => ({
		...row,
		versions: versions.map((version) => ({ ...version, examples: [...version.examples] })),
	}));

test('an account takes its datasets away whole, and leaves nothing behind', async () => {
	await datasets.create('dora', 'Hers', text(linesOf(ask('a', '1'))));
	expect(exported('dora')).toMatchObject([{ title: 'Hers', versions: [{ number: 1, examples: [{ turns: ask('a', '1') }] }] }]);
	database.db.transaction((tx) => datasets.removeAllOf('dora', tx));
	expect(exported('dora')).toEqual([]);
});

test('marks and chats become examples, and what teaches nothing is told', async () => {
	const marks = await datasets.preview('ann', { from: 'marks', assignmentIds: ['80', '90'] });
	expect(marks).toMatchObject({
		form: 'marks',
		exampleCount: 2,
		refusedCount: 2,
		encoding: null,
		columns: null,
		sample: [{ row: 2, turns: ask('q', '{"score":80}') }, { row: 2 }],
	});
	expect(marks.problems).toEqual(['Class 80', 'Class 90'].map((field) => ({ row: 3, field, code: 'noFeedback', detail: '' })));
	const chats = await datasets.create('ann', 'Chats', { from: 'chats', conversationIds: ['Hi!', 'open'] });
	expect(chats.versions[0]).toMatchObject({ form: 'chats', origin: 'Chat Hi!, Chat open', exampleCount: 1, refusedCount: 1 });
});

test('token statistics count every example once, and its answer as learnt', async () => {
	const chats = Array.from({ length: 100 }, (_, index) => ask('q'.repeat(index + 1), 'a'.repeat(9)));
	const { versions } = await datasets.create('ann', 'Lengths', text(linesOf(...chats)));
	const told = await Array.fromAsync(datasets.tokens('ann', versions[0]?.id ?? '', 'model'));
	expect(told[0]).toEqual({ type: 'progress', fraction: 0 });
	const last = told.at(-1);
	if (last?.type !== 'statistics') throw new Error('there are no statistics');
	const { statistics } = last;
	expect(statistics).toMatchObject({ examples: 100, totalTokens: 5950, learntTokens: 900, shortest: 10, median: 59, p95: 104, longest: 109 });
	expect(statistics.histogram.reduce((sum, { examples }) => sum + examples, 0)).toBe(100);
	expect(statistics.histogram.at(-1)?.upTo).toBe(109);
	expect(statistics.histogram.slice(0, 3)).toEqual([
		{ upTo: 5, examples: 0 },
		{ upTo: 10, examples: 1 },
		{ upTo: 15, examples: 5 },
	]);
});

const content = fc
	.string({
		unit: fc.oneof(fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }), fc.constantFrom('"', '\\', '\n', '\r', '\u2028', '\uFFFD', '{', ']', ',')),
		minLength: 1,
		maxLength: 30,
	})
	.filter((said) => said.trim() !== '');
const chat = fc
	.tuple(fc.option(content), fc.array(fc.tuple(content, content), { minLength: 1, maxLength: 3 }))
	.map(([system, rounds]): ExampleTurn[] => [
		...(system === null ? [] : [{ role: 'system' as const, content: system }]),
		...rounds.flatMap(([user, assistant]) => ask(user, assistant)),
	]);

test('any chats that were exported are the same when they are read again, from a file as from a text', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(chat, { minLength: 1, maxLength: 8 }), async (chats) => {
			const { versions } = await datasets.create('eve', 'Any', text(linesOf(...chats)));
			const [version] = versions;
			const stored = datasets.examples('eve', version?.id ?? '', 0, 200).examples.map(({ turns }) => turns);
			// Those that say the same but for white space are one.
			expect(chats).toEqual(expect.arrayContaining(stored));
			expect(stored.length + (version?.duplicateCount ?? 0)).toBe(chats.length);
			const exported = await datasets.export('eve', version?.id ?? '');
			for (const source of [text(exported.text), file(new TextEncoder().encode(exported.text))]) {
				const again = await datasets.preview('eve', source);
				expect({ turns: again.sample.map(({ turns }) => turns), problems: again.problems }).toEqual({ turns: stored, problems: [] });
			}
		}),
		{ numRuns: 60 },
	);
});

test('a file of the largest kind is read and kept without stopping the app for long', async () => {
	const lines = linesOf(...Array.from({ length: 40_000 }, (_, index) => ask(`Question number ${index}`, `Answer ${'x'.repeat(100)}`)));
	let turns = 0;
	const timer = setInterval(() => turns++, 1);
	const { versions } = await datasets.create('ann', 'Large', file(new TextEncoder().encode(lines)));
	clearInterval(timer);
	expect(versions[0]).toMatchObject({ exampleCount: 40_000, origin: 'examples.jsonl', refusedCount: 0 });
	expect(datasets.examples('ann', versions[0]?.id ?? '', 39_999, 5).examples).toMatchObject([{ position: 39_999, row: 40_000 }]);
	// Without breaks the timer would have had its turn once or twice.
	expect(turns).toBeGreaterThan(10);
});

test('a large version is split for a run in slices, between which the app goes on', async () => {
	const lines = Array.from({ length: 3000 }, (_, i) => JSON.stringify({ messages: ask(`Question ${i}`, `Answer ${i}`) }));
	const { versions } = await datasets.create('slices', 'Long', text(lines.join('\n')));
	let turns = 0;
	const counting = setInterval(() => turns++, 0);
	const version = { ownerId: 'slices', versionId: versions[0]?.id ?? '' };
	const { learning, heldOut } = await splitVersion(database, { ...version, settings: { validationFraction: 0.1, seed: 1 } });
	clearInterval(counting);
	expect([learning.length, heldOut.length]).toEqual([2700, 300]);
	expect(new Set([...learning, ...heldOut].map(({ position }) => position)).size).toBe(3000);
	expect(turns).toBeGreaterThan(1);
	const others = splitVersion(database, { ...version, ownerId: 'bob', settings: { validationFraction: 0.1, seed: 1 } });
	await expect(others).rejects.toMatchObject({ code: 'DATASET_INVALID' });
});

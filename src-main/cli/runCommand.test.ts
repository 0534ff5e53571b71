import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { json } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepData } from '../keepData.ts';
import { resolvePaths } from '../platform/paths/paths.ts';
import { runCommand } from './runCommand.ts';
import { failureWords, wordsFor } from './words.ts';

/** A gateway that notes what it is asked for and gives each answer the same grade. */
let gateway: Server;
let url: string;
let asked: { path: string; body: Record<string, unknown> }[];
/** Told of each question before it is answered. */
let onAsked: () => void;
/** For files that go in and out. */
let folder: string;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'homeroom-command-'));
	asked = [];
	onAsked = () => undefined;
	gateway = createServer(async (request, response) => {
		const body = request.method === 'POST' ? ((await json(request)) as Record<string, unknown>) : {};
		asked.push({ path: request.url ?? '', body });
		onAsked();
		const data = request.url === '/api/v1/users' ? { users: [] } : { score: 80, feedback: 'Good.', suggestions: [], doubts: [], tokens_consumed: 5 };
		response.end(JSON.stringify({ success: true, data }));
	}).listen(0, '127.0.0.1');
	await once(gateway, 'listening');
	url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
});
afterEach(async () => {
	gateway.close();
	gateway.closeAllConnections();
	await rm(folder, { recursive: true, force: true });
});

/** Runs a command as the terminal would, with the gateway above for all that asks one. */
async function run(
	args: string[],
	{ env = {}, stdin = '', signal = new AbortController().signal }: { env?: NodeJS.ProcessEnv; stdin?: string; signal?: AbortSignal } = {},
) {
	const [out, beside] = [collector(), collector()];
	const code = await runCommand(args, {
		...{ stdin: Readable.from([Buffer.from(stdin)]), stdout: out.stream, stderr: beside.stream, env, signal },
		paths: (dataFolder) => resolvePaths({ dataFolder: dataFolder ?? join(folder, 'data') }),
		keepData: async (paths) => keepData(paths),
		ownApp: () => ({ open: () => Promise.reject(new Error('No app is started here.')) }),
	});
	return { code, out: out.text(), beside: beside.text() };
}

const ask = (args: string[], options?: { stdin?: string; signal?: AbortSignal }) => run([...args, '--url', url, '--key', 'hr_test'], options);

function collector() {
	let all = '';
	const stream = new Writable({
		write(chunk, _encoding, done) {
			all += chunk;
			done();
		},
	});
	return { stream, text: () => all };
}

test.each([
	['grade', ['grade', '--model', 'm', '--question', 'What is light?']],
	['chat', ['chat', 'm', 'Hello']],
	['convert', ['convert', '--to', 'json']],
	['translate', ['translate', '--model', 'm', '--to', 'de']],
])('%s finds out before any work whether its result has a place', async (_name, args) => {
	const taken = join(folder, 'taken.json');
	await writeFile(taken, 'mine');
	expect(await ask([...args, '--out', taken], { stdin: 'a: 1' })).toMatchObject({ code: 1, out: '', beside: expect.stringContaining('--force') });
	expect(await readFile(taken, 'utf8')).toBe('mine');
	expect(await ask([...args, '--out', folder, '--force'], { stdin: 'a: 1' })).toMatchObject({ code: 1, beside: `${folder} is a folder.\n` });
	const missing = join(folder, 'none', 'result.json');
	expect(await ask([...args, '--out', missing], { stdin: 'a: 1' })).toMatchObject({ code: 5, beside: expect.stringContaining(join(folder, 'none')) });
	expect(asked).toEqual([]);
});

test('a result replaces a file where that is wished', async () => {
	const taken = join(folder, 'taken.jsonl');
	await writeFile(taken, 'mine');
	const args = ['grade', '--model', 'm', '--question', 'What is light?', '--out', taken, '--force'];
	expect(await ask(args, { stdin: 'A wave.' })).toMatchObject({ code: 0 });
	expect(JSON.parse(await readFile(taken, 'utf8'))).toMatchObject({ score: 80 });
});

test('grade --each leaves out whom it cannot grade, says who and why, and grades the others', async () => {
	const [table, out] = [join(folder, 'class.csv'), join(folder, 'grades.jsonl')];
	await writeFile(table, 'name,answer\nAda,A wave.\nBob,A stone, heavy\nCem,\nEve,It shines.\n');
	const ran = await ask(['grade', '--each', table, '--model', 'm', '--question', 'What is light?', '--out', out]);
	expect(ran).toEqual({
		code: 1,
		out: 'Row 2, Ada: 80 of 100\nGood.\nRow 5, Eve: 80 of 100\nGood.\n',
		beside: expect.stringMatching(/^Row 3, Bob: .*3 cells.*\nRow 4, Cem: .*"answer"\.\n2 of 4 were not graded\.\n$/),
	});
	expect(asked.map(({ body }) => [body.question, body.answer])).toEqual([
		['What is light?', 'A wave.'],
		['What is light?', 'It shines.'],
	]);
	const lines = (await readFile(out, 'utf8')).trim().split('\n');
	expect(lines.map((line) => JSON.parse(line))).toMatchObject([
		{ row: 2, record: { name: 'Ada' }, score: 80 },
		{ row: 3, record: { name: 'Bob' }, error: 'RAGGED_ROW' },
		{ row: 4, record: { name: 'Cem' }, error: 'ANSWER_MISSING' },
		{ row: 5, record: { name: 'Eve' }, score: 80 },
	]);
});

test('backup writes neither beside a stick that is not plugged in nor into a folder that is not there', async () => {
	const missing = join(folder, 'stick');
	expect(await run(['backup', missing])).toMatchObject({ code: 5, beside: expect.stringContaining(`There is no such folder: ${missing}.`) });
	expect(await run(['backup', join(missing, 'all.zip')])).toMatchObject({ code: 5, beside: `There is no such folder: ${missing}.\n` });
	expect(await readdir(folder)).toEqual([]);
});

test('backup and restore are of this machine’s folder, and refuse another Homeroom that is named', async () => {
	const file = join(folder, 'all.zip');
	for (const args of [
		['backup', file, '--url', url],
		['backup', file, '--key', 'hr_test'],
		['restore', file, '--url', url],
	])
		expect(await run(args)).toMatchObject({ code: 2, beside: expect.stringContaining(`'${args[2]}'`) });
	expect(await run(['backup', file], { env: { HOMEROOM_URL: url } })).toMatchObject({ code: 2, beside: expect.stringContaining('HOMEROOM_URL') });
	for (const act of ['backup', 'restore'])
		expect(await run([act, file], { env: { HOMEROOM_KEY: 'hr_another' } })).toMatchObject({ code: 2, beside: expect.stringContaining('HOMEROOM_KEY') });
	expect((await run(['backup', '--help'])).out).not.toContain('--url');
	expect(await readdir(folder)).toEqual([]);
});

test('a data folder that is not there is not made', async () => {
	const mistyped = join(folder, 'hoemroom');
	for (const args of [['models'], ['backup', join(folder, 'all.zip')]])
		expect(await run([...args, '--data', mistyped])).toMatchObject({ code: 5, beside: `There is no such folder: ${mistyped}.\n` });
	expect(await readdir(folder)).toEqual([]);
});

test('an account that is not there is not found', async () => {
	expect(await ask(['users', 'give', 'Nobody', '5'])).toMatchObject({ code: 5, beside: 'There is no account called "Nobody".\n' });
});

test('a table is not graded as the answer of one', async () => {
	const table = join(folder, 'class.csv');
	await writeFile(table, 'answer\nA wave.\n');
	expect(await ask(['grade', table, '--model', 'm', '--question', 'What is light?'])).toMatchObject({ code: 2, beside: expect.stringContaining('--each') });
	expect(asked).toEqual([]);
});

test('convert sends the name of the file, the sheet that is wished, and says what to do in options', async () => {
	const file = join(folder, 'ragged.csv');
	await writeFile(file, 'a,b\n1\n');
	await ask(['convert', file, '--to', 'json', '--sheet', '8c']);
	expect(asked).toMatchObject([{ path: '/api/v1/tasks/convert', body: { file_name: 'ragged.csv', sheet: '8c' } }]);
	const words = ['UNKNOWN', 'LOSSY', 'INVALID'].map((code) => failureWords(`CONVERT_${code}`, { reason: 'placed', line: 3, code: 'comment' }, ''));
	expect(words).toEqual([expect.stringContaining('--from'), expect.stringContaining('--strict'), expect.stringContaining('--from')]);
	expect(wordsFor('convert.notes.sheetLeft.what', { to: 'csv' })).toContain('--sheet');
});

test('Ctrl-C while a file is converted leaves what was there and nothing half written', async () => {
	const [stop, out] = [new AbortController(), join(folder, 'out.yaml')];
	await writeFile(out, 'mine');
	onAsked = () => stop.abort(new Error('stopped'));
	expect(await ask(['convert', '--to', 'yaml', '--out', out, '--force'], { stdin: '[1]', signal: stop.signal })).toEqual({
		code: 130,
		out: '',
		beside: 'Stopped.\n',
	});
	expect([await readdir(folder), await readFile(out, 'utf8')]).toEqual([['out.yaml'], 'mine']);
});

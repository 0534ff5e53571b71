import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type OpenedGateway, openGateway } from './features/gateway/openGateway.test-support.ts';
import { openApp } from './openApp.test-support.ts';
import { openWorkStage } from './openWorkStage.test-support.ts';

// Each test starts several processes, and each of those reads all of its source anew.
vi.setConfig({ testTimeout: 240_000 });

const entry = fileURLToPath(new URL('homeroom.ts', import.meta.url));
const srt = '1\n00:00:01,000 --> 00:00:02,500\nHello there.\n\n2\n00:00:03,000 --> 00:00:04,250\nHow are you?\n';

let gateway: OpenedGateway;
/** For files that go in and out. */
let folder: string;
const children = new Set<ChildProcess>();
beforeAll(async () => {
	gateway = await openGateway();
	folder = await mkdtemp(join(tmpdir(), 'homeroom-cli-'));
});
afterAll(async () => {
	for (const child of children) child.kill('SIGKILL');
	await gateway?.close();
	await rm(folder, { recursive: true, force: true });
});

interface Ran {
	code: number | null;
	out: string;
	beside: string;
}

/** Runs the command line as a process of its own, on the data folder of the app that runs here unless `--data` says otherwise. */
function start(args: string[], { stdin = '', env = {} }: { stdin?: string | null; env?: NodeJS.ProcessEnv } = {}) {
	const data = args.includes('--data') || args.includes('--url') ? [] : ['--data', gateway.stage.folder];
	const child = spawn(process.execPath, [entry, ...args, ...data], {
		stdio: ['pipe', 'pipe', 'pipe'],
		env: { ...process.env, HOMEROOM_KEY: undefined, HOMEROOM_URL: undefined, ...env },
	});
	children.add(child);
	const ran: Ran = { code: null, out: '', beside: '' };
	child.stdout.on('data', (chunk) => {
		ran.out += chunk;
	});
	child.stderr.on('data', (chunk) => {
		ran.beside += chunk;
	});
	if (stdin !== null) child.stdin.end(stdin);
	const ended = new Promise<Ran>((resolve) =>
		child.once('close', (code) => {
			children.delete(child);
			resolve({ ...ran, code });
		}),
	);
	return { child, ran, ended };
}

const run = (args: string[], options?: Parameters<typeof start>[1]) => start(args, options).ended;
const lines = ({ out }: Ran): Record<string, unknown>[] =>
	out
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line));

test('finds the running app by the file that it keeps for this user, and lists and loads its models', async () => {
	const listed = await run(['models']);
	expect([listed.code, listed.beside]).toEqual([0, '']);
	expect(listed.out.split('\n')[0]).toMatch(/^NAME +STATE +SIZE +QUANTIZATION$/);
	expect(listed.out).toContain(gateway.brief.name);
	const [loaded] = lines(await run(['models', 'start', gateway.brief.name, '--context', '2048', '--json']));
	expect(loaded).toMatchObject({ id: gateway.brief.id, state: 'running' });
	expect(await run(['models', 'start', 'none'])).toMatchObject({ code: 5, beside: expect.stringContaining('not there') });
	expect(await run(['models', 'start'])).toMatchObject({ code: 2, out: '' });
});

test('backs everything up while the app runs; a restore is checked and waits for the next start', async () => {
	const file = join(folder, 'all.homeroom');
	const env = { HOMEROOM_BACKUP_PASSWORD: 'open sesame' };
	const [made] = lines(await run(['backup', file, '--json'], { env }));
	expect(made).toMatchObject({ file, files: expect.any(Number) });
	expect(await run(['backup', file], { env })).toMatchObject({ code: 1, beside: expect.stringContaining('--force') });
	const elsewhere = join(folder, 'elsewhere');
	expect(await run(['restore', file, '--data', elsewhere])).toMatchObject({ code: 1, beside: expect.stringContaining('password') });
	const [restored] = lines(await run(['restore', file, '--data', elsewhere, '--json'], { env }));
	expect(restored).toMatchObject({ waiting: true, isSealed: true });
	expect(lines(await run(['models', '--data', elsewhere, '--json']))).toContainEqual(expect.objectContaining({ name: gateway.brief.name }));
	expect(await readdir(folder)).not.toContainEqual(expect.stringMatching(/\.part$/));
});

/** What the audit log has of backups and restores: newest first, by whom, from where and how it ended. */
async function kept({ olga }: OpenedGateway['stage']) {
	const { entries } = await olga.client.audit.list({ from: null, until: null, accountId: null, act: 'backup', before: null, limit: 50 });
	return entries.map(({ act, accountId, origin, detail, result }) => [act, accountId === olga.accountId, origin, detail, result]);
}

test('where none runs, backups and restores are written into the same chain of the audit log under the lock of the data folder', async () => {
	const stage = await openApp();
	await stage.app.close();
	const [zip, sealed] = [join(folder, 'alone.zip'), join(folder, 'alone.homeroom')];
	const env = { HOMEROOM_BACKUP_PASSWORD: 'open sesame' };
	const at = ['--data', stage.folder];
	expect(await run(['backup', zip, '--models', ...at])).toMatchObject({ code: 0, beside: expect.not.stringContaining('audit') });
	expect(await run(['backup', sealed, ...at], { env })).toMatchObject({ code: 0 });
	expect(await run(['restore', sealed, ...at], { env })).toMatchObject({ code: 0, beside: expect.not.stringContaining('audit') });
	await rm(join(stage.folder, 'restore'), { recursive: true });
	stage.start();
	expect(await kept(stage)).toEqual([
		['backup.restore', true, 'commandLine', null, 'ok'],
		['backup.start', true, 'commandLine', 'withModels=false', 'ok'],
		['backup.start', true, 'commandLine', 'withModels=true', 'ok'],
	]);
	expect(await stage.olga.client.audit.verify()).toMatchObject({ brokenAt: null, isSealChecked: true });
	await stage.app.close();
	// What cannot be opened any more can still be rescued.
	await writeFile(join(stage.folder, 'homeroom.db'), 'this is no database, and longer than the head of one would be'.repeat(40));
	expect(await run(['restore', zip, ...at])).toMatchObject({ code: 0, beside: expect.stringContaining('not in the audit log: ') });
	stage.start();
	expect(await stage.olga.client.accounts.people()).toMatchObject([{ name: 'Olga' }]);
	await stage.close();
});

test('asks a model with a message or with what is piped in, prints the answer as it comes, or writes it into a file', async () => {
	const order = ['chat', gateway.brief.name, '--temperature', '0', '--max-tokens', '400'];
	const typed = await run([...order, 'What', 'is', 'light?']);
	expect(typed.code).toBe(0);
	const [piped] = lines(await run([...order, '--json'], { stdin: 'What is light?' }));
	expect(piped).toMatchObject({ response: typed.out.replace(/\n$/, ''), model: gateway.brief.name, finish_reason: 'stop' });
	const out = join(folder, 'answer.txt');
	expect(await run([...order, '--out', out, 'What is light?'])).toMatchObject({ code: 0, out: expect.stringMatching(/answer\.txt: \d+ tokens\n$/) });
	expect(await readFile(out, 'utf8')).toBe(piped?.response);
	expect(await run([...order, '--out', out, 'Something else'])).toMatchObject({ code: 1, beside: expect.stringContaining('--force') });
	expect(await readFile(out, 'utf8')).toBe(piped?.response);
	expect(await run(['chat', gateway.brief.name], { stdin: ' \n' })).toMatchObject({ code: 2 });
});

test('Ctrl-C ends an answer that would never end, and the process with 130', async () => {
	const { child, ran, ended } = start(['chat', gateway.endless.name, '--max-tokens', '100000', 'Hello']);
	await expect.poll(() => ran.out.length, { timeout: 60_000 }).toBeGreaterThan(0);
	child.kill('SIGINT');
	expect(await ended).toMatchObject({ code: 130, beside: 'Stopped.\n' });
	const active = async () => {
		for await (const deployments of await gateway.client.engine.watch()) return deployments.reduce((sum, { activeRequests }) => sum + activeRequests, 0);
	};
	await expect.poll(active, { timeout: 10_000 }).toBe(0);
	await gateway.client.engine.unload({ deploymentId: (await firstDeployment(gateway.endless.id)) ?? '' });
});

test('converts files and what is piped in, says what was lost beside the result, and tells a fault by its line', async () => {
	const source = join(folder, 'a.yaml');
	await writeFile(source, '# a note\na: [1, 2.50]\n');
	expect(await run(['convert', source, '--to', 'json'])).toMatchObject({
		code: 0,
		out: expect.stringMatching(/^\{\s+"a": \[/),
		beside: expect.stringMatching(/^1 lost, 0 by convention:\n {2}line \d.*: Comments are left out: json has no place for them\./),
	});
	const out = join(folder, 'a.xlsx');
	expect(await run(['convert', '-', '--from', 'csv', '--out', out], { stdin: 'a,b\n1,2\n' })).toMatchObject({ code: 0, out: '' });
	expect((await readFile(out)).subarray(0, 2).toString()).toBe('PK');
	expect(await run(['convert', out, '--to', 'csv'])).toMatchObject({ code: 0, out: expect.stringMatching(/^a,b\r?\n/) });
	expect(await run(['convert', '-', '--from', 'json', '--to', 'yaml'], { stdin: '{"a": }' })).toMatchObject({
		code: 1,
		out: '',
		beside: expect.stringContaining('line 1, column 7'),
	});
	expect(await run(['convert', source, '--to', 'json', '--strict', '--json'])).toMatchObject({ code: 1, out: '' });
	expect(await run(['convert', join(folder, 'none.json'), '--to', 'yaml'])).toMatchObject({ code: 5, beside: expect.stringContaining('none.json') });
	const broken = join(folder, 'broken.toml');
	await writeFile(broken, 'a = = 1\n');
	expect(await run(['convert', broken, '--to', 'json'])).toMatchObject({ code: 1, beside: expect.stringContaining('TOML: it breaks off at line 1, column 5') });
	expect(await run(['convert', '--to', 'json'], { stdin: 'no format' })).toMatchObject({ code: 1, beside: expect.stringContaining('--from') });
	expect(await run(['convert', source, '--to', 'pdf'])).toMatchObject({ code: 2, beside: expect.stringContaining('--to takes json, jsonl') });
});

test('grades one answer, or each of a table with a line for each, also where one cannot be graded', async () => {
	const asked = ['grade', '--model', gateway.brief.name, '--subject', 'Physics'];
	const one = await run([...asked, '--question', 'What is light?', '--json'], { stdin: 'A wave.' });
	expect([one.code, lines(one)]).toEqual([0, [expect.objectContaining({ score: expect.any(Number), tokens_consumed: expect.any(Number) })]]);
	const table = join(folder, 'answers.csv');
	await writeFile(table, 'Question,Answer,Key\nWhat is light?,A wave.,A wave\n,It shines.,\n');
	const out = join(folder, 'grades.jsonl');
	const each = await run([...asked, '--each', table, '--out', out, '--json']);
	expect([each.code, each.out.trim().split('\n').length]).toEqual([1, 1]);
	const written = (await readFile(out, 'utf8'))
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line));
	expect(written).toEqual([expect.objectContaining({ row: 2, score: expect.any(Number) }), expect.objectContaining({ row: 3, error: 'INVALID_INPUT' })]);
	await writeFile(table, 'name,points\nAda,3\n');
	expect(await run([...asked, '--each', table])).toMatchObject({
		code: 1,
		beside: 'There is no column "answer", but: name, points. --answer COLUMN says which of them the answers are in.\n',
	});
});

test('what was graded is in FILE.part whatever ends the process, and an answer that is stopped is kept as far as it came', async () => {
	const table = join(folder, 'many.csv');
	await writeFile(table, `question,answer\n${Array.from({ length: 400 }, (_, at) => `What is ${at}?,A number ${at}.`).join('\n')}\n`);
	const out = join(folder, 'many.jsonl');
	const graded = start(['grade', '--model', gateway.brief.name, '--each', table, '--out', out]);
	const kept = async () => (await readFile(`${out}.part`, 'utf8').catch(() => '')).split('\n').length;
	await expect.poll(kept, { timeout: 60_000 }).toBeGreaterThan(2);
	graded.child.kill('SIGKILL');
	await graded.ended;
	const first = JSON.parse((await readFile(`${out}.part`, 'utf8')).split('\n')[0] ?? '');
	expect(first).toMatchObject({ row: 2 });
	const again = ['grade', '--model', gateway.brief.name, '--each', table, '--out', out];
	expect(await run(again)).toMatchObject({ code: 1, beside: expect.stringContaining('--continue') });
	const wasGraded = (await readFile(`${out}.part`, 'utf8')).split('\n').length - 1;
	await writeFile(
		table,
		(await readFile(table, 'utf8'))
			.split('\n')
			.slice(0, wasGraded + 3)
			.join('\n'),
	);
	const rest = await run([...again, '--continue', '--json']);
	expect([rest.code, lines(rest).map(({ row }) => row)]).toEqual([0, [wasGraded + 2, wasGraded + 3]]);
	const rows = (await readFile(out, 'utf8'))
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line).row);
	expect(rows).toEqual(Array.from({ length: wasGraded + 2 }, (_, at) => at + 2));
	const answer = join(folder, 'stopped.txt');
	const { child, ended } = start(['chat', gateway.endless.name, '--max-tokens', '100000', '--out', answer, 'Hello']);
	const active = async () => {
		for await (const all of await gateway.client.engine.watch()) return all.reduce((sum, { activeRequests }) => sum + activeRequests, 0);
	};
	await expect.poll(active, { timeout: 60_000 }).toBe(1);
	// Its first pieces are on their way.
	await new Promise((resolve) => setTimeout(resolve, 1000));
	child.kill('SIGINT');
	expect(await ended).toMatchObject({ code: 130, beside: expect.stringContaining('stopped.txt') });
	expect((await readFile(answer, 'utf8')).length).toBeGreaterThan(0);
	await gateway.client.engine.unload({ deploymentId: (await firstDeployment(gateway.endless.id)) ?? '' });
});

test('translates a subtitle file and keeps its times', async () => {
	const film = join(folder, 'film.srt');
	await writeFile(film, srt);
	const out = join(folder, 'film.vtt');
	const ran = await run(['translate', film, '--model', gateway.brief.name, '--to', 'de', '--out', out]);
	expect([ran.code, ran.beside]).toEqual([0, expect.stringMatching(/^2 of 2 cues translated for \d+ tokens\.\n/)]);
	expect(await readFile(out, 'utf8')).toMatch(/^WEBVTT[\s\S]*00:00:03\.000 --> 00:00:04\.250/);
	expect(await run(['translate', film, '--model', gateway.brief.name])).toMatchObject({ code: 2, beside: '--to LANG is missing.\n' });
	expect(await run(['translate', film, '--model', gateway.brief.name, '--to', 'Klingon'])).toMatchObject({
		code: 2,
		beside: '--to takes the tag of a language, such as de, fr or zh-Hans, not "Klingon".\n',
	});
	await writeFile(film, srt.replace('\n2\n', '\n7\n'));
	expect((await run(['translate', film, '--model', gateway.brief.name, '--to', 'de'])).beside).toMatch(/^Line 5: Numbers are left out before this one\./);
	expect(await run(['translate', '-', '--model', gateway.brief.name, '--to', 'de', '--json'], { stdin: 'no subtitles' })).toMatchObject({
		code: 1,
		beside: expect.stringContaining('"error":"SUBTITLES_INVALID"'),
	});
});

test('translates the subtitles in a film, and says which there are where it is open which are meant', async () => {
	const filmOf = (name: string) => fileURLToPath(new URL(`platform/film/fixtures/${name}`, import.meta.url));
	const order = ['--model', gateway.brief.name, '--to', 'de', '--format', 'srt'];
	const plain = await run(['translate', filmOf('plain.mkv'), ...order]);
	expect([plain.code, plain.out]).toEqual([0, expect.stringMatching(/^1\r?\n\d\d:\d\d:\d\d,\d{3} --> /)]);
	expect(await run(['translate', filmOf('pgs.mkv'), ...order])).toMatchObject({ code: 1, beside: expect.stringContaining('no subtitles in pgs.mkv') });
	const none = await run(['translate', filmOf('several.mkv'), ...order, '--track', '99']);
	expect([none.code, none.beside]).toEqual([2, expect.stringMatching(/has no subtitles 99, but:\n {2}--track \d/)]);
});

test('an administrator’s command line makes accounts and gives tokens; a key that is named counts in place of it', async () => {
	const [made] = lines(await run(['users', 'add', 'Nina', '--json']));
	expect(made).toMatchObject({ user: { name: 'Nina', role: 'user' }, setup_code: expect.stringMatching(/^[0-9A-Z-]{14}$/) });
	expect(await run(['users', 'take', 'Nina', '400'])).toMatchObject({ code: 0, out: 'Nina: 600 tokens\n' });
	expect((await run(['users'])).out).toMatch(/Nina +user +600/);
	const uli = await gateway.stage.member('Uli', 'user');
	const HOMEROOM_KEY = await gateway.key(uli, { scopes: ['chat', 'convert', 'people'] });
	expect(await run(['users'], { env: { HOMEROOM_KEY } })).toMatchObject({ code: 4, out: '' });
	await gateway.client.ledger.topUp({ accountId: uli.accountId, requestId: 'take all of it', tokens: -1000 });
	expect(await run(['chat', gateway.brief.name, 'Hello'], { env: { HOMEROOM_KEY } })).toMatchObject({ code: 6 });
	const { origin } = gateway;
	expect(await run(['convert', '--to', 'json', '--url', origin], { stdin: 'a: 1', env: { HOMEROOM_KEY } })).toMatchObject({ code: 0 });
	expect(await run(['models', '--url', origin])).toMatchObject({ code: 4, beside: expect.stringContaining('HOMEROOM_KEY') });
	expect(await run(['models', '--url', origin, '--key', 'hr_none'])).toMatchObject({ code: 4 });
	expect(await run(['models', '--url', 'http://127.0.0.1:1', '--key', 'hr_none', '--json'])).toMatchObject({
		code: 3,
		beside: expect.stringContaining('"error":"UNREACHABLE"'),
	});
});

test('is not understood with 2, and what it says then is of use', async () => {
	expect(await run(['frobnicate'])).toMatchObject({ code: 2, out: '', beside: expect.stringContaining('homeroom --help') });
	expect(await run(['models', '--frobnicate'])).toMatchObject({ code: 2, out: '', beside: expect.stringContaining("'--frobnicate'") });
	expect(await run(['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('translate') });
	expect(await run(['chat', '--help'])).toMatchObject({ code: 0, out: expect.stringContaining('--max-tokens N') });
});

test('a key file that others may read or that is none of ours is not believed, and a gateway that is off is told', async () => {
	const file = join(gateway.stage.folder, 'gateway.json');
	if (process.platform !== 'win32') {
		await chmod(file, 0o644);
		expect(await run(['models'])).toMatchObject({ code: 4, beside: expect.stringContaining('others may read it') });
		await chmod(file, 0o600);
	}
	await gateway.client.gateway.change({ isOn: false });
	expect(await run(['models'])).toMatchObject({ code: 3, beside: expect.stringContaining('its gateway is off') });
	await gateway.client.gateway.change({ isOn: true });
	expect(await run(['models'])).toMatchObject({ code: 0 });
});

test('the app that runs does the backups and restores of the command line and writes them into its audit log, also while its gateway is off', async () => {
	await gateway.client.gateway.change({ isOn: false });
	const file = join(folder, 'by-the-app.zip');
	const [made] = lines(await run(['backup', file, '--json']));
	expect(made).toEqual({ file, bytes: (await stat(file)).size, files: expect.any(Number) });
	expect(await run(['restore', file])).toMatchObject({ code: 0, beside: expect.stringContaining('next start') });
	expect(await run(['restore', join(folder, 'none.zip')])).toMatchObject({ code: 5 });
	expect(await run(['backup', join(gateway.stage.folder, 'inside.zip')])).toMatchObject({ code: 1, beside: expect.stringContaining('data folder') });
	expect((await gateway.client.backup.state()).waiting).toMatchObject({ act: 'restore', from: file });
	await gateway.client.backup.forget();
	expect((await kept(gateway.stage)).slice(0, 4)).toEqual([
		['backup.forget', true, '::1', null, 'ok'],
		['backup.start', true, 'commandLine', 'withModels=false', 'FILE_NOT_ALLOWED'],
		['backup.restore', true, 'commandLine', null, 'ok'],
		['backup.start', true, 'commandLine', 'withModels=false', 'ok'],
	]);
	expect((await gateway.client.audit.verify()).brokenAt).toBeNull();
	await gateway.client.gateway.change({ isOn: true });
});

test('where none runs it starts its own on the data folder, does the work, leaves nothing open, and lets the next one in', async () => {
	const data = join(folder, 'data');
	const work = openWorkStage(data);
	const { name } = await work.addModel();
	await work.close();
	expect((await run(['models', '--data', data])).out).toContain(name);
	const answered = await run(['chat', name, '--max-tokens', '5', '--json', '--data', data, 'Hello']);
	expect(lines(answered)).toEqual([expect.objectContaining({ model: name, response: expect.any(String) })]);
	expect(await run(['health', '--data', data])).toMatchObject({ code: 0, out: expect.stringMatching(/^ok\n/) });
	await expect(readFile(join(data, 'gateway.json'))).rejects.toThrow('ENOENT');
	expect(await run(['models', '--data', '/dev/null/x'])).toMatchObject({ code: 5, beside: expect.stringContaining('/dev/null/x') });
});

async function firstDeployment(modelId: string): Promise<string | undefined> {
	for await (const deployments of await gateway.client.engine.watch()) return deployments.find((deployment) => deployment.modelId === modelId)?.id;
	return undefined;
}

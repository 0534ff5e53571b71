import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryDatabase } from '../../../platform/database/temporaryDatabase.ts';
import type { ConnectionRecord } from '../../../platform/network/HopRecord.ts';
import { Network } from '../../../platform/network/Network.ts';
import { Secrets } from '../../../platform/secrets/Secrets.ts';
import { type AddedBackend, Backends } from './Backends.ts';
import { refuse, type ServedBackend, serveBackend, speak } from './serveBackend.test-support.ts';

const key = 'sk-ThisMustNeverBeSeenAnywhere';
let database: ReturnType<typeof temporaryDatabase>;
let server: ServedBackend;
let network: Network;
let backends: Backends;
let logged: string[] = [];
let records: ConnectionRecord[] = [];
let routes: string[] = [];
beforeEach(async () => {
	[logged, records, routes] = [[], [], []];
	database = temporaryDatabase();
	server = await serveBackend();
	const log = pino({}, { write: (line: string) => logged.push(line) });
	network = new Network({
		log,
		policy: () => ({ offline: false, proxy: 'none' }),
		onConnection: (record) => record.outcome !== 'underWay' && records.push(record),
	});
	const secrets = new Secrets({ db: database.db, keyFile: path.join(database.folder, 'secrets.key'), log });
	backends = new Backends({ db: database.db, secrets, network, routesTo: () => routes });
});
afterEach(async () => {
	await network.close();
	await server.close();
	database.remove();
});

const added = (more: Partial<AddedBackend> = {}) => backends.add({ name: 'School server', kind: 'other', endpoint: server.endpoint, key, ...more });
const lastKey = () => server.seen.at(-1)?.authorization;

test('a backend is added, listed and asked with its key, which is not told again', async () => {
	server.answerWith(refuse(200, { data: [{ id: 'small' }, { id: 'large' }] }));
	const { id, ...view } = added();
	const shown = { name: 'School server', kind: 'other', endpoint: server.endpoint, isEnabled: true, key: 'kept', keptIn: 'file', place: 'machine' };
	expect(view).toEqual({ ...shown, createdAt: expect.any(Number) });
	expect(backends.list()).toEqual([{ id, ...view }]);
	expect(await backends.test(id, 'ada')).toEqual({ roundTripMs: expect.any(Number), models: ['small', 'large'] });
	expect(lastKey()).toBe(`Bearer ${key}`);
	expect(records).toMatchObject([{ purpose: 'test', askedBy: 'ada', host: server.host, outcome: 'answered' }]);
});

test('D5 no file of the data folder holds a key in clear, nor does a log, a list or a failure', async () => {
	server.answerWith(refuse(400, { error: { message: `bad ${key}` } }));
	const { id } = added();
	const failed = await backends.test(id, 'ada').catch((error: unknown) => JSON.stringify(error));
	database.db.$client.pragma('wal_checkpoint(FULL)');
	const files = readdirSync(database.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
	const clear = files.filter((file) => readFileSync(path.join(file.parentPath, file.name)).includes(key)).map(({ name }) => name);
	expect([clear, `${logged.join()}${JSON.stringify(backends.list())}${failed}`.includes(key)]).toEqual([[], false]);
});

test('another server gets no key of the one before; another path of the same does', async () => {
	const other = await serveBackend(refuse(200, { data: [] }));
	server.answerWith(refuse(200, { data: [] }));
	const { id } = added();
	expect(backends.change(id, { endpoint: `${server.endpoint}/other` }).key).toBe('kept');
	await backends.test(id, 'ada');
	expect(lastKey()).toBe(`Bearer ${key}`);
	expect(backends.change(id, { endpoint: other.endpoint }).key).toBe('none');
	await backends.test(id, 'ada');
	expect(other.seen.map(({ authorization }) => authorization)).toEqual([undefined]);
	expect(backends.change(id, { endpoint: server.endpoint, key: 'new' }).key).toBe('kept');
	expect(backends.change(id, { key: null }).key).toBe('none');
	await other.close();
});

test('a key whose seal is gone counts as lost, and nothing is sent in its place', async () => {
	server.answerWith(refuse(401, { error: { message: 'no key' } }));
	const { id } = added();
	rmSync(path.join(database.folder, 'secrets.key'));
	expect(backends.list()).toMatchObject([{ key: 'lost' }]);
	await expect(backends.test(id, 'ada')).rejects.toMatchObject({ code: 'BACKEND_KEY_REFUSED', data: { reason: 'missing' } });
	expect(lastKey()).toBeUndefined();
});

test('names are taken but once, however they are written', () => {
	const { id } = added();
	expect(() => added({ name: 'SCHOOL server' })).toThrow(expect.objectContaining({ code: 'NAME_TAKEN' }));
	const second = added({ name: 'Second' });
	expect(() => backends.change(second.id, { name: 'school Server' })).toThrow(expect.objectContaining({ code: 'NAME_TAKEN' }));
	expect(backends.change(id, { name: 'SCHOOL SERVER' }).name).toBe('SCHOOL SERVER');
	expect(backends.list().map(({ name }) => name)).toEqual(['SCHOOL SERVER', 'Second']);
});

test('one that is switched off is not opened, but can be tested', async () => {
	server.answerWith(speak(['here']));
	const { id } = added();
	expect((await Array.fromAsync(backends.open(id).generate(asked))).at(-1)).toMatchObject({ finish: 'stop' });
	backends.change(id, { isEnabled: false });
	expect(() => backends.open(id)).toThrow(expect.objectContaining({ code: 'BACKEND_OFF', data: { name: 'School server' } }));
	server.answerWith(refuse(200, { data: [] }));
	expect((await backends.test(id, 'ada')).models).toEqual([]);
});

const sampling = { temperature: 0, topP: 1, topK: 1, minP: 0, repeatPenalty: 1, seed: 1 };
const asked = { model: 'small', ownerId: 'ada', turns: [{ role: 'user' as const, content: 'Hello' }], sampling, maxTokens: 5 };

test('one that routes lead to stays; removed it is gone with its key', () => {
	const { id } = added();
	routes = ['Class'];
	expect(() => backends.remove(id)).toThrow(expect.objectContaining({ code: 'BACKEND_IN_USE', data: { name: 'School server', routes: ['Class'] } }));
	routes = [];
	backends.remove(id);
	expect([backends.list(), database.db.$client.prepare('select count(*) from secret').pluck().get()]).toEqual([[], 0]);
	expect(() => backends.open(id)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
});

test.each([
	['ollama', 'http://localhost:11434', 'http://localhost:11434/v1', 'machine'],
	['ollama', 'http://192.168.1.7:11434/', 'http://192.168.1.7:11434/v1', 'network'],
	['openai', 'https://api.openai.com/v1/', 'https://api.openai.com/v1', 'elsewhere'],
	['deepseek', 'https://api.deepseek.com', 'https://api.deepseek.com', 'elsewhere'],
	['vllm', 'http://gpu.school:8000', 'http://gpu.school:8000/v1', 'network'],
	['other', 'https://models.example/api/openai', 'https://models.example/api/openai', 'elsewhere'],
	['other', 'https://[::1]:9', 'https://[::1]:9/v1', 'machine'],
] as const)('an address of %s: %s', (kind, given, endpoint, place) => {
	expect(added({ kind, endpoint: given })).toMatchObject({ endpoint, place });
});

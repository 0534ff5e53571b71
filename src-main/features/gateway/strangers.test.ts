import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RequestRecord } from '../monitor/monitor.ts';
import { askRaw, rawRequest } from './askRaw.test-support.ts';
import { type OpenServer, openServer, usualLimits } from './openServer.ts';

interface Line {
	msg: string;
	requestId?: string;
	code?: string | null;
	reason?: string;
	status?: number;
	route?: string | null;
	accountId?: string | null;
}

const secret = 'hr_whatTheStrangerBrought';
let lines: Line[];
let recorded: RequestRecord[];
let strangers: RequestRecord[];
let server: OpenServer;

beforeEach(async () => {
	lines = [];
	recorded = [];
	strangers = [];
	server = await openServer({
		...{ address: { host: '127.0.0.1', port: 0 }, names: [], origins: ['https://school.example'], certificate: null, limits: usualLimits },
		// Nobody is known here.
		...{ door: { identify: async () => null, onChange: () => () => {} }, refuseCaller: () => {}, perMinute: () => 100 },
		routes: [async (routes) => void routes.get('/v1/models', async () => ({ data: [] }))],
		record: (request) => recorded.push(request),
		recordStranger: (request) => strangers.push(request),
		log: pino({ level: 'trace' }, { write: (line: string) => lines.push(JSON.parse(line) as Line) }),
	});
});
afterEach(() => server.close());

const ask = (id: string, ...headers: string[]) =>
	askRaw(server.address.port, rawRequest(`GET /v1/models?key=${secret}`, [...headers, `authorization: Bearer ${secret}`, `x-request-id: ${id}`]));
const ours = () => `host: 127.0.0.1:${server.address.port}`;

test('who is not admitted is in the log by the name of the request and why, at most once a second of each kind, and nothing of what it brought', async () => {
	const from = performance.now();
	for (let n = 0; n < 20; n++) await ask(`rebound-${n}`, 'host: rebound.example');
	for (let n = 0; n < 20; n++) await ask(`page-${n}`, ours(), 'origin: https://page.example');
	const seconds = Math.ceil((performance.now() - from) / 1000);
	const of = (reason: string) => lines.filter((line) => line.reason === reason);
	expect(of('host')[0]).toMatchObject({ requestId: 'rebound-0', code: 'NOT_ADMITTED', status: 403, msg: 'a request of a program' });
	expect(of('origin')[0]).toMatchObject({ requestId: 'page-0', code: 'NOT_ADMITTED', status: 403 });
	for (const reason of ['host', 'origin']) expect(of(reason).length).toBeLessThanOrEqual(seconds);
	expect(of('host').length + of('origin').length).toBe(lines.length);
	expect(JSON.stringify(lines)).not.toMatch(/whatTheStrangerBrought|rebound\.example|page\.example/);
	// They are no requests of programs: a page that asks without end must not fill the figures.
	expect(recorded).toEqual([]);
	expect(strangers.map(({ requestId }) => requestId)).toEqual(lines.map(({ requestId }) => requestId));
	expect(JSON.stringify(strangers)).not.toMatch(/whatTheStrangerBrought|rebound\.example|page\.example/);
});

test('who is admitted and proves to be nobody is in the log and in the figures, each time, without an account and without the credential', async () => {
	for (let n = 0; n < 3; n++) expect((await ask(`guess-${n}`, ours()))?.status).toBe(401);
	const told = { route: '/v1/models', status: 401, code: 'KEY_UNKNOWN', accountId: null, keyId: null, modelName: null };
	expect(lines.map(({ requestId }) => requestId)).toEqual(['guess-0', 'guess-1', 'guess-2']);
	expect(lines[0]).toMatchObject(told);
	expect(recorded).toEqual([0, 1, 2].map((n) => ({ requestId: `guess-${n}`, ms: expect.any(Number), ...told })));
	expect(JSON.stringify([lines, recorded])).not.toContain(secret);
});

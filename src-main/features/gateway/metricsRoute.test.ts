import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenedGateway, openGateway } from './openGateway.test-support.ts';

let gateway: OpenedGateway;
beforeAll(async () => {
	gateway = await openGateway();
}, 60_000);
afterAll(() => gateway.close());

const get = (path: string, secret?: string) => fetch(gateway.origin + path, { headers: secret === undefined ? {} : { authorization: `Bearer ${secret}` } });

test('Prometheus gets the figures of what was asked, with an administrator’s key for them; nobody else does, and nobody is named', async () => {
	const chat = await gateway.key();
	const body = JSON.stringify({ model: gateway.brief.name, messages: [{ role: 'user', content: 'Hello' }], max_tokens: 3, temperature: 0 });
	const ask = () =>
		fetch(`${gateway.origin}/v1/chat/completions`, { method: 'POST', body, headers: { 'content-type': 'application/json', authorization: `Bearer ${chat}` } });
	expect([(await ask()).status, (await ask()).status]).toEqual([200, 200]);
	const uli = await gateway.stage.member('Uli', 'user');
	const statuses = await Promise.all(
		[undefined, chat, await gateway.key(uli, { scopes: ['monitor'] })].map(async (secret) => (await get('/metrics', secret)).status),
	);
	expect(statuses).toEqual([401, 403, 403]);

	const answer = await get('/metrics', await gateway.key(gateway.stage.olga, { scopes: ['monitor'] }));
	expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
	const lines = (await answer.text()).split('\n');
	expect(lines).toContain(`homeroom_answers_total{task="api",model="${gateway.brief.name}",code="ok"} 2`);
	expect(lines).toContain(`homeroom_cache_hits_total{task="api",model="${gateway.brief.name}"} 1`);
	expect(lines).toContain('homeroom_http_requests_total{route="/v1/chat/completions",status="200",code="ok"} 2');
	expect(lines).toContain('homeroom_http_requests_total{route="/metrics",status="401",code="NOT_SIGNED_IN"} 1');
	expect(lines).toContain('homeroom_deployments{state="running"} 1');
	expect(lines.join()).not.toMatch(/Olga|Uli/);

	const { groups } = await gateway.client.monitor.history({ counted: 'requests', span: 'hour' });
	expect(groups.key?.map(({ name, count }) => [name, count])).toContainEqual(['a program', 3]);
	expect(groups.model?.map(({ name, count }) => [name, count])).toEqual([[gateway.brief.name, 2]]);
	const answers = await gateway.client.monitor.history({ counted: 'answers', span: 'hour' });
	expect(answers.groups.key?.map(({ name, count, repeats }) => [name, count, repeats])).toEqual([['a program', 2, 1]]);
	expect(answers.groups.account?.map(({ name }) => name)).toEqual(['Olga']);
}, 60_000);

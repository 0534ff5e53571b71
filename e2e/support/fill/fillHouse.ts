import type { Client } from '#contract/contract.ts';

/** People with roles and balances, a key, a server elsewhere, a route, presets and prices. Gives back the account of somebody other than the owner. */
export async function fillHouse(client: Client, modelId: string): Promise<string> {
	const people = [
		{ name: 'Nina', role: 'user' as const },
		{ name: 'Señor Álvarez de la Fuente y Castellanos', role: 'user' as const },
		{ name: '王芳', role: 'viewer' as const },
		{ name: 'عمر', role: 'admin' as const },
	];
	const ids: string[] = [];
	for (const { name, role } of people) ids.push((await client.accounts.create({ name, role })).person.id);
	const [nina = '', alvarez = '', fang = ''] = ids;
	await client.ledger.topUp({ accountId: nina, requestId: 'pictures-1', tokens: 25_000 });
	await client.ledger.topUp({ accountId: nina, requestId: 'pictures-2', tokens: -1_200 });
	await client.ledger.setAllowance({ accountId: alvarez, isMetered: true, allowance: { tokens: 50_000, period: 'week' } });
	await client.accounts.change({ accountId: fang, isDisabled: true });
	await client.ledger.setPrice({ task: 'grading', perMille: 2_500, surcharge: 20 });
	await client.accounts.createKey({ name: 'Timetable of the school', scopes: ['chat', 'grading'], expiresAt: null });
	const backend = await client.backends.add({ name: 'The server in the basement', kind: 'llamaServer', endpoint: 'http://127.0.0.1:9/v1', key: null });
	await client.backends.add({ name: 'خادم المدرسة', kind: 'ollama', endpoint: 'http://127.0.0.1:9/v1', key: null });
	await client.routes.create({ name: 'مسار', targets: [{ source: { kind: 'local', modelId } }] });
	await client.accounts.createKey({ name: 'مفتاح المكتبة', scopes: ['chat'], expiresAt: null });
	await client.routes.create({
		name: 'grader',
		targets: [{ source: { kind: 'local', modelId }, weight: 2 }, { source: { kind: 'backend', backendId: backend.id, model: 'qwen3-8b' } }],
	});
	return nina;
}

import { expect, test } from 'vitest';
import type { RouteView } from '#contract/routes.ts';
import { draftOf, newTarget, type RouteDraft, readDraft } from './routeDraft.ts';

const target = {
	id: 't',
	name: 'm',
	serverName: null,
	state: 'ready',
	replicas: null,
	active: 0,
	answered: 3,
	failed: 0,
	retryAt: null,
	failure: null,
} as const;
const route: RouteView = {
	...{ id: 'r', name: 'Class', strategy: 'weighted', fallbackId: 'other', mostAtWork: null, mostWaiting: 20, atWork: 0, waiting: 0 },
	targets: [
		{ ...target, source: { kind: 'local', modelId: 'm' }, weight: 3, price: 0, isEnabled: true },
		{ ...target, source: { kind: 'backend', backendId: 'b', model: 'qwen3:8b' }, weight: 1, price: 250, isEnabled: false },
	],
};

test('a route is read back from its fields as it is', () => {
	const { id, atWork, waiting, targets, ...fields } = route;
	const given = targets.map(({ source, weight, price, isEnabled }) => ({ source, weight, price, isEnabled }));
	expect(readDraft(draftOf(route))).toEqual({ fields: { ...fields, targets: given } });
});

test('a new route needs a name alone', () => {
	const draft = draftOf(null);
	expect(readDraft(draft)).toEqual({ wrong: ['name'] });
	expect(readDraft({ ...draft, name: ' Class ' })).toEqual({
		fields: { name: 'Class', strategy: 'leastBusy', fallbackId: null, mostAtWork: null, mostWaiting: 100, targets: [] },
	});
});

test.each<[Partial<RouteDraft>, string[]]>([
	[{ mostAtWork: '0' }, ['mostAtWork']],
	[{ mostAtWork: 'many', mostWaiting: '' }, ['mostAtWork', 'mostWaiting']],
	[{ mostWaiting: '501' }, ['mostWaiting']],
	[{ targets: [newTarget(4, '')] }, ['source 4']],
	[{ targets: [newTarget(4, 'backend b')] }, ['model 4']],
	[{ targets: [{ ...newTarget(4, 'local m'), weight: '1.5', price: '-1' }] }, ['weight 4', 'price 4']],
])('names the fields that hold something else than they can: %j', (changes, wrong) => {
	expect(readDraft({ ...draftOf(route), ...changes })).toEqual({ wrong });
});

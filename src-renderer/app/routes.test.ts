import { expect, test } from 'vitest';
import { screens } from '../../e2e/support/screens.ts';
import { routeOf, routes, tabOf } from './routes.tsx';

test('an address opens the screen with the longest address that it begins with', () => {
	const opened = ['/', '', '/models', '/models/find?q=qwen', '/models/downloads/', '/chat/1', '/modelsX', '/nowhere', '/admin/use', '/account'].map(
		(address) => routeOf(address)?.to,
	);
	expect(opened).toEqual(['/', '/', '/models', '/models/find', '/models/downloads', '/chat', undefined, undefined, '/admin/use', '/account']);
});

test('a page below a tab stands under that tab, and one of a place without tabs under none', () => {
	const under = ['/finetune/4f1c', '/finetune/new', '/finetune/compare?runs=a,b', '/finetune/datasets/7/add', '/admin/statement/7', '/admin/use', '/chat/1'];
	expect(under.map((address) => tabOf(address)?.to)).toEqual([
		...['/finetune', '/finetune', '/finetune', '/finetune/datasets', '/admin', '/admin/use', undefined],
	]);
});

test('every screen is among those of which pictures are taken and that are held to be accessible', () => {
	const seen = new Set(screens.flatMap(({ path }) => path ?? []));
	expect([...seen].toSorted()).toEqual(routes.map(({ path }) => path).toSorted());
});

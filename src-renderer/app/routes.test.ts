import { expect, test } from 'vitest';
import { routeOf } from './routes.tsx';

test('an address opens the screen with the longest address that it begins with', () => {
	const opened = ['/', '', '/models', '/models/find?q=qwen', '/models/downloads/', '/chat/1', '/modelsX', '/nowhere', '/admin/use', '/account'].map(
		(address) => routeOf(address)?.to,
	);
	expect(opened).toEqual(['/', '/', '/models', '/models/find', '/models/downloads', '/chat', undefined, undefined, '/admin/use', '/account']);
});

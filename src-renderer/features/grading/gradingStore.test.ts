import { expect, test, vi } from 'vitest';
import { openAssignment, restoreAssignment, useGrading } from './gradingStore.ts';

const app = vi.hoisted(() => ({ isThere: false, watched: [] as string[] }));
vi.mock('../../rpc/client.ts', () => ({
	client: {
		grading: {
			list: async () => [],
			restore: async () => {
				app.isThere = true;
			},
		},
	},
	countBreaks: () => 0,
	whenConnected: async () => {},
}));
vi.mock('../../rpc/watchStream.ts', () => ({
	watchStream: (_open: unknown, _onValue: unknown, { onError }: { onError: (error: unknown) => void }) => {
		app.watched.push(app.isThere ? 'there' : 'gone');
		if (!app.isThere) onError(new Error('gone'));
		return () => undefined;
	},
}));

test('a class that is brought back while its own page is open is read anew', async () => {
	openAssignment('c');
	expect(useGrading.getState().error).toBeInstanceOf(Error);
	await restoreAssignment('c');
	expect(app.watched).toEqual(['gone', 'there']);
	expect(useGrading.getState()).toMatchObject({ openId: 'c', error: null });
	await restoreAssignment('other');
	expect(app.watched).toHaveLength(2);
});

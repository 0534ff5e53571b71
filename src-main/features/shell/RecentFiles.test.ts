import { expect, test } from 'vitest';
import { RecentFiles } from './RecentFiles.ts';

function storeOf(rows = new Map<string, unknown>()) {
	return {
		kept: (account: string, word: string) => rows.get(account + word) ?? null,
		keep: (account: string, word: string, value: unknown) => void rows.set(account + word, value),
	};
}

test('the newest ten are kept, each once, and each account has its own', () => {
	const recent = new RecentFiles(storeOf());
	for (let at = 0; at < 12; at++) recent.remember('ann', `/home/ann/${at}.srt`, at);
	recent.remember('ann', '/home/ann/5.srt', 20);
	recent.remember('bob', '/home/bob/b.csv', 30);
	expect(recent.list('ann').map(({ name }) => name)).toEqual(['5.srt', '11.srt', '10.srt', '9.srt', '8.srt', '7.srt', '6.srt', '4.srt', '3.srt', '2.srt']);
	const [first] = recent.list('ann');
	expect(recent.pathOf('ann', first?.id ?? '')).toBe('/home/ann/5.srt');
	expect(() => recent.pathOf('bob', first?.id ?? '')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
	recent.forgetAll('ann');
	expect([recent.list('ann'), recent.list('bob').map(({ name, openedAt }) => [name, openedAt])]).toEqual([[], [['b.csv', 30]]]);
});

test('a list that cannot be read is an empty one', () => {
	const recent = new RecentFiles({ ...storeOf(), kept: () => ({ not: 'a list' }) });
	expect(recent.list('ann')).toEqual([]);
});

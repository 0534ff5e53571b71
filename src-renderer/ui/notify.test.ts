import { expect, test } from 'vitest';
import { dismissNotice, notify, notifyError, shownMs, useNotices } from './notify.ts';

test('a new notice takes the place of the old one, which cannot take it away', () => {
	notifyError(new Error('refused'));
	const old = useNotices.getState().notice;
	notify('saved');
	const now = useNotices.getState().notice;
	expect(now).toMatchObject({ message: 'saved' });
	dismissNotice(old?.id ?? 0);
	expect(useNotices.getState().notice).toBe(now);
	dismissNotice(now?.id ?? 0);
	expect(useNotices.getState().notice).toBe(null);
});

test('a notice goes by itself, later where there is more to read or to do', () => {
	const notice = { id: 1, message: 'said' };
	expect([notice, { ...notice, error: 'refused' }, { ...notice, undo: () => {} }].map(shownMs)).toEqual([5_000, 10_000, 10_000]);
});

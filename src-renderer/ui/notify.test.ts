import { beforeEach, expect, test } from 'vitest';
import { dismissNotice, forgetAct, notify, notifyAct, notifyError, shownMs, useNotices } from './notify.ts';

const undo = () => {};
const said = () => useNotices.getState().notices.map(({ message }) => message);

beforeEach(() => useNotices.setState({ notices: [] }));

test('a new word takes the place of the old one, which cannot take it away', () => {
	notifyError(new Error('refused'));
	const [old] = useNotices.getState().notices;
	notify('saved');
	dismissNotice(old?.id ?? 0);
	expect(said()).toEqual(['saved']);
	dismissNotice(useNotices.getState().notices[0]?.id ?? 0);
	expect(said()).toEqual([]);
});

test('each of several deleted things can be brought back, whatever is said and done meanwhile', () => {
	const back: string[] = [];
	notify('one deleted', () => void back.push('one'));
	notify('two deleted', () => void back.push('two'));
	notifyAct('replaced', undo);
	notify('saved');
	expect(said()).toEqual(['one deleted', 'two deleted', 'saved']);
	for (const notice of useNotices.getState().notices) void notice.undo?.();
	expect(back).toEqual(['one', 'two']);
});

test('of acts the last one alone offers to be undone, and none once it is', () => {
	notify('one deleted', undo);
	notifyAct('replaced', undo);
	notifyAct('moved', undo);
	expect(said()).toEqual(['one deleted', 'moved']);
	forgetAct();
	expect(said()).toEqual(['one deleted']);
});

test('a notice goes by itself, later where there is more to read or to do', () => {
	expect([{}, { error: 'refused' }, { undo }].map(shownMs)).toEqual([5_000, 10_000, 10_000]);
});

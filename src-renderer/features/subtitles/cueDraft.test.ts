import { expect, test, vi } from 'vitest';
import { keepDrafts, settleMeanwhile, typeTarget, useDrafts, writtenMeanwhile } from './cueDraft.ts';
import { cueOf } from './cueOf.test-support.ts';
import { useSubtitles } from './subtitlesStore.ts';
import { warnOfDrafts } from './warnOfDrafts.ts';

const app = vi.hoisted(() => ({ isReached: false, kept: [] as unknown[] }));
vi.mock('../../rpc/client.ts', () => ({
	client: {
		subtitles: {
			edit: async ({ projectId, changes }: { projectId: string; changes: unknown }) => {
				if (!app.isReached) throw new Error('out of reach');
				app.kept.push([projectId, changes]);
				return { project: { id: projectId, format: 'srt' }, changed: [], removed: [] };
			},
		},
	},
	countBreaks: () => 0,
	whenConnected: async () => {},
}));

function open(openId: string, cueId: string): void {
	// Of a project only these are looked at here.
	useSubtitles.setState({ openId, project: { id: openId, format: 'srt' } as never, cues: [cueOf({ id: cueId, target: null })] });
}

test('what could not be kept waits while another project is open, is kept in its own, and leaving the page is asked about until then', async () => {
	const page = new EventTarget();
	vi.stubGlobal('window', page);
	warnOfDrafts();
	const isAsked = () => !page.dispatchEvent(new Event('beforeunload', { cancelable: true }));
	open('one', 'a');
	typeTarget('a', 'Hallo');
	expect(await keepDrafts()).toBe(false);
	open('two', 'b');
	app.isReached = true;
	expect(await keepDrafts()).toBe(true);
	expect([app.kept, useDrafts.getState().drafts, isAsked()]).toEqual([[], { a: 'Hallo' }, true]);
	open('one', 'a');
	expect(await keepDrafts()).toBe(true);
	expect([app.kept, useDrafts.getState().drafts, isAsked()]).toEqual([[['one', [{ cueId: 'a', target: 'Hallo' }]]], {}, false]);
	vi.unstubAllGlobals();
});

test('what another window wrote while it is typed is not written over before somebody chose', async () => {
	app.isReached = true;
	app.kept = [];
	const stands = (target: string | null) => {
		useSubtitles.setState({ openId: 'one', project: { id: 'one', format: 'srt' } as never, cues: [cueOf({ id: 'a', target })] });
	};
	const meanwhile = (target: string) => writtenMeanwhile(target, useDrafts.getState().drafts.a, useDrafts.getState().bases.a);
	stands('Hallo');
	typeTarget('a', 'Hallo W');
	stands('Guten Tag');
	typeTarget('a', 'Hallo Welt');
	expect([await keepDrafts(), app.kept, meanwhile('Guten Tag')]).toEqual([false, [], 'Guten Tag']);
	settleMeanwhile('a', 'Guten Tag', true);
	expect(await keepDrafts()).toBe(true);
	expect(app.kept).toEqual([['one', [{ cueId: 'a', target: 'Hallo Welt' }]]]);
	expect(useDrafts.getState()).toEqual({ drafts: {}, bases: {} });

	typeTarget('a', 'Ach');
	stands('Servus');
	settleMeanwhile('a', 'Servus', false);
	expect([await keepDrafts(), useDrafts.getState().drafts, app.kept.length]).toEqual([true, {}, 1]);
});

import { expect, test, vi } from 'vitest';
import { keepDrafts, typeTarget, useDrafts } from './cueDraft.ts';
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

import { expect, test } from 'vitest';
import { arrangeTracks, type SubtitleTrack } from './arrangeTracks.ts';

const text: SubtitleTrack = { id: 1, codec: 'SubRip (SRT)', language: 'en', title: '', isDefault: false, kind: 'text', isForced: false, obstacle: null };

test('a track that can be taken comes first, and a whole one before a forced one', () => {
	const tracks: SubtitleTrack[] = [
		{ ...text, id: 2, kind: 'picture', obstacle: 'picture' },
		{ ...text, id: 3, isForced: true },
		{ ...text, id: 4 },
		{ ...text, id: 5 },
	];
	expect(arrangeTracks(tracks).map(({ id }) => id)).toEqual([4, 5, 3, 2]);
});

import { expect, test } from 'vitest';
import { emptySource, sourceChoices, sourceOf } from './datasetSource.ts';

const file = new File(['x'], 'film.en.srt');
const columns = { prompt: 'a', answer: 'b', system: null };
/** Something chosen for every kind of source. */
const filled = {
	...emptySource,
	file: { text: 'a,b\n1,2' },
	encoding: 'gb18030',
	columns,
	subtitles: [
		{ file, fileName: 'film.en.srt' },
		{ file, fileName: 'film.zh.srt' },
	],
	assignmentIds: ['1'],
	projectIds: ['3'],
	conversationIds: ['2'],
};

test('the form asks for the kind that is chosen, with nothing of the others, and for nothing while that is not enough', () => {
	expect(sourceOf(filled)).toEqual({ from: 'file', file: { text: 'a,b\n1,2' }, columns, encoding: 'gb18030' });
	expect(sourceOf({ ...filled, kind: 'subtitles' })).toEqual({
		from: 'subtitles',
		files: filled.subtitles,
		sourceLanguage: 'English',
		targetLanguage: 'Simplified Chinese',
	});
	expect(sourceOf({ ...filled, kind: 'marks' })).toEqual({ from: 'marks', assignmentIds: ['1'] });
	expect(sourceOf({ ...filled, kind: 'cues' })).toEqual({ from: 'cues', projectIds: ['3'] });
	expect(sourceOf({ ...filled, kind: 'chats' })).toEqual({ from: 'chats', conversationIds: ['2'] });
	for (const kind of sourceChoices) expect(sourceOf({ ...emptySource, kind })).toBe(null);
	expect(sourceOf({ ...filled, kind: 'subtitles', subtitles: filled.subtitles.slice(1) })).toBe(null);
});

import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSubtitlesStage } from './openSubtitlesStage.test-support.ts';

let stage: ReturnType<typeof openSubtitlesStage>;
beforeEach(() => {
	stage = openSubtitlesStage();
});
afterEach(() => stage.close());

test('a table is taken in without changing what is confirmed, and given out it is read again as it was', async () => {
	const { glossaries } = stage.subtitles;
	const { id } = glossaries.create('ann', 'Season 1: ships');
	glossaries.addTerms('ann', id, [{ source: 'Ada', target: 'Ada', kind: 'person', gender: 'feminine', note: '' }]);
	const [refused] = glossaries
		.addTerms('ann', id, [{ source: 'deck', target: 'Deck', kind: 'term', gender: 'unknown', note: '' }])
		.filter(({ source }) => source === 'deck');
	glossaries.settleTerms('ann', id, [refused?.id ?? ''], 'refused');
	const taken = await glossaries.importTerms('ann', id, Buffer.from('source;target;note\nAda;Adele;\nship;Schiff;=the big one\nDeck;Verdeck;\n;x;\n'));
	expect(taken).toMatchObject({
		added: 2,
		problems: [
			{ row: 2, code: 'kept', detail: 'Ada' },
			{ row: 5, code: 'sourceMissing' },
		],
	});
	const plain = (terms: readonly { source: string; target: string; note: string; state: string }[]) =>
		terms.map(({ source, target, note, state }) => [source, target, note, state]);
	expect(plain(taken.terms)).toEqual([
		['Ada', 'Ada', '', 'confirmed'],
		['Deck', 'Verdeck', '', 'confirmed'],
		['ship', 'Schiff', '=the big one', 'confirmed'],
	]);
	const { fileName, text } = glossaries.saveTerms('ann', id);
	expect(fileName).toBe('Season 1 ships.csv');
	const other = glossaries.create('ann', 'Copy');
	expect(plain((await glossaries.importTerms('ann', other.id, Buffer.from(text))).terms)).toEqual(plain(taken.terms));
	await expect(glossaries.importTerms('bob', id, Buffer.from('a,b\n'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

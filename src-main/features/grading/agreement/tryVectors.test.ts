import { expect, test } from 'vitest';
import { type AnswerFacts, contradicts, factsOf } from './contradicts.ts';
import { normaliseAnswer } from './normaliseAnswer.ts';
import { paraphrases } from './paraphrases.ts';
import { tryVectors } from './tryVectors.ts';
import { vectorsOfMeaning } from './vectorsOfMeaning.test-support.ts';

const ofLanguage = (wanted: string) => paraphrases.filter(({ language }) => language === wanted);

test.each(['en', 'zh'])('characters find slips of the pen, call nothing like that is not, and miss paraphrases (%s)', (language) => {
	const { characters, threshold } = tryVectors(ofLanguage(language), () => null);
	expect(threshold).toBeNull();
	expect(characters.precision).toBe(1);
	expect(characters.recall).toBeGreaterThan(0.02);
	expect(characters.recall).toBeLessThan(0.15);
});

test.each(['en', 'zh'])('vectors that know what is meant are used from where on they find most, at the asked precision (%s)', (language) => {
	const { threshold, withVectors, rank } = tryVectors(ofLanguage(language), vectorsOfMeaning());
	expect(threshold).toBeGreaterThan(0.5);
	expect(withVectors.precision).toBeGreaterThanOrEqual(0.9);
	expect(withVectors.recall).toBeGreaterThan(0.85);
	expect(rank.vectors).toBeGreaterThan(0.99);
});

test('vectors that say the same of everything, or nothing of anything, are not used', () => {
	expect(tryVectors(paraphrases, () => [1, 1]).threshold).toBeNull();
	expect(
		tryVectors(paraphrases, (text) => [...text].reduce((all, character) => all.with((character.codePointAt(0) ?? 0) % 8, 1), new Array(8).fill(0))).threshold,
	).toBeNull();
});

test.each(['5 seconds', '5秒'])('no two answers with different numbers can be like, in digits or words, whatever a model says: %s', (one) => {
	const rows = paraphrases.find((each) => each.rows.flat().includes(one))?.rows ?? [];
	const [five = [], six = [], fifty = []] = rows.map((row) => row.map((text) => factsOf(normaliseAnswer(text))));
	const barred = (a: readonly AnswerFacts[], b: readonly AnswerFacts[]) => new Set(a.flatMap((own) => b.map((its) => contradicts(own, its))));
	expect([barred(five, six), barred(six, fifty), barred(fifty, five)]).toEqual([new Set([true]), new Set([true]), new Set([true])]);
	expect([barred(five, five), barred(six, six), barred(fifty, fifty)]).toEqual([new Set([false]), new Set([false]), new Set([false])]);
});

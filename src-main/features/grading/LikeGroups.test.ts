import { expect, test, vi } from 'vitest';
import { AnswerVectors } from './AnswerVectors.ts';
import { normaliseAnswer } from './agreement/normaliseAnswer.ts';
import { paraphrases } from './agreement/paraphrases.ts';
import { vectorsOfMeaning } from './agreement/vectorsOfMeaning.test-support.ts';
import { gradeAll, stageOfTests } from './gradingTests.test-support.ts';
import { LikeGroups } from './LikeGroups.ts';
import { exampleFields, exampleQuestion, mappingOf } from './openGradingStage.test-support.ts';

const stage = stageOfTests(2);
/** As after a restart of the app. */
const newGroups = () =>
	new LikeGroups({ db: stage().db, vectors: new AnswerVectors({ ...stage(), loaded: (ownerId) => stage().engine.deployments(ownerId) }) });

/** So many answers that differ by a number at their end, of which the first two are equal, each of about so many characters. */
function answersOf(count: number, characters: number) {
	const text = 'light is a wave '.repeat(Math.ceil(characters / 16));
	return Array.from({ length: count }, (_, at) => ({ id: String(at), text: `${text}${at === 0 ? 1 : at}` }));
}

test.each([
	['a class of short answers', 200, 300, false],
	['a class of essays', 40, 10_000, false],
	['more answers than are compared', 1100, 20, true],
	['long answers of a large class', 900, 1000, true],
	['a few answers that are too long for it', 3, 1_000_000, true],
])('how long answers are counts as well as how many there are: %s', (_, count, characters, onlyEqual) => {
	const grouped = newGroups().of({ ownerId: 'ann', assignmentId: 'none', questionId: `${count} of ${characters}` }, answersOf(count, characters));
	expect(grouped.onlyEqual).toBe(onlyEqual);
	expect(grouped.groups.find(({ memberIds }) => memberIds.includes('0'))).toMatchObject({ memberIds: ['0', '1'], same: true });
});

/** Has the loaded model make the vectors of one that knows what answers mean; gives back for how many texts it was asked. */
function knowMeanings() {
	const asked: string[] = [];
	const vectorOf = vectorsOfMeaning();
	vi.spyOn(stage().engine, 'embed').mockImplementation(async (_owner, _model, texts) => {
		asked.push(...texts);
		return texts.map(vectorOf);
	});
	return asked;
}

test('groups by what a model makes of their meaning where it proved to know, once for each answer, and tells the same with the model gone', async () => {
	const rows = paraphrases[2]?.rows ?? [];
	const table = ['id,answer', ...rows.flat().map((text, at) => `${at + 1},${text}`)].join('\n');
	const create = () => stage().grading.create('ann', exampleFields, [exampleQuestion], { input: { text: table } }, mappingOf(['answer']));
	const { id, questions } = await create();
	const questionId = questions[0]?.id ?? '';
	const before = stage().grading.report.likeAnswers('ann', id, questionId);
	expect([before.comparedBy, before.groups.map(({ memberIds }) => memberIds.length)]).toEqual([null, [2]]);

	const asked = knowMeanings();
	const answers = await gradeAll(stage(), id);
	const textOf = new Map(answers.map((answer) => [answer.id, answer.text]));
	const after = stage().grading.report.likeAnswers('ann', id, questionId);
	expect(after.comparedBy).toBe(stage().model.name);
	const found = after.groups.map(({ memberIds }) => memberIds.map((each) => textOf.get(each) ?? '').sort());
	expect(found.sort()).toEqual(rows.map((row) => row.toSorted()).sort());
	expect(asked).toHaveLength(new Set(asked).size);
	expect(new Set(asked)).toEqual(new Set(paraphrases.flatMap((each) => each.rows.flat().map(normaliseAnswer))));

	vi.spyOn(stage().engine, 'deployments').mockReturnValue([]);
	const place = { ownerId: 'ann', assignmentId: id, questionId };
	expect(newGroups().of(place, answers)).toMatchObject({ groups: after.groups, comparedBy: after.comparedBy });
	expect(newGroups().of({ ...place, ownerId: 'bob' }, answers).comparedBy).toBeNull();
	vi.restoreAllMocks();
}, 120_000);

test('goes by characters with a model whose vectors say less than those, and does not try it again', async () => {
	const embed = vi.spyOn(stage().engine, 'embed');
	const vectors = new AnswerVectors({ ...stage(), loaded: (ownerId) => stage().engine.deployments(ownerId) });
	const find = () => vectors.find('ann', ['light is a wave'], { untried: true }, new AbortController().signal);
	expect([await find(), await find()]).toEqual([null, null]);
	// A first question of each language is enough to see it.
	const first = ['en', 'zh'].flatMap((language) => paraphrases.find((each) => each.language === language)?.rows.flat() ?? []);
	expect(embed.mock.calls.flatMap(([, , texts]) => texts).sort()).toEqual(first.map(normaliseAnswer).sort());
	vi.restoreAllMocks();
}, 60_000);

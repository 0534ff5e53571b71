import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answerGroup } from '#contract/agreement.ts';
import { groupLike } from './groupLike.ts';
import { normaliseAnswer } from './normaliseAnswer.ts';

const items = (...texts: string[]) => texts.map((text, place) => ({ id: `s${String(place).padStart(4, '0')}`, text }));
const membersOf = (...texts: string[]) => groupLike(items(...texts)).map(({ memberIds, same }) => [memberIds.map((id) => Number(id.slice(1))), same]);

test('puts together what is the same but for case, spacing and width, and what differs by a slip of the pen', () => {
	expect(
		membersOf(
			'Evaporation is when water turns into a gas because it is heated by the sun',
			'It rains.',
			'Evaporation is when water turns into a gas becuase it is heated by the sun.',
			'it  rains',
			'ＩＴ RAINS!',
		),
	).toEqual([
		[[1, 3, 4], true],
		[[0, 2], false],
	]);
});

test.for([
	['the force on the block is 20 newtons to the right', 'the force on the block is 25 newtons to the right'],
	['the temperature of the water in the glass is rising', 'the temperature of the water in the glass is not rising'],
	['so the line through both of the points is y = 2x + 6', 'so the line through both of the points is y = 2x - 6'],
	['it moves from 3 to 5 along the line of the numbers', 'it moves from 5 to 3 along the line of the numbers'],
	['植物在光照下吸收二氧化碳并且放出氧气和水分', '植物在光照下不吸收二氧化碳并且放出氧气和水分'],
	['a spider that is grown up has eight legs on its body', 'a spider that is grown up has six legs on its body'],
	['一只成年的蜘蛛身上一共有八条腿', '一只成年的蜘蛛身上一共有六条腿'],
	['the pressure of the gas in the closed glass rises', 'the pressure of the gas in the closed glass falls'],
	['密闭容器里面气体的压强会升高', '密闭容器里面气体的压强会降低'],
] as const)('keeps %j from %j, however like they look', ([one, other]) => {
	expect(groupLike(items(one, other), { threshold: 0.5 })).toHaveLength(2);
});

test('puts together what a model takes for like beside what characters do, but for what contradicts, and takes no vector for likeness where there is none', () => {
	const answers = items('it pumps blood', 'the heart moves our blood', 'the heart moves our bloood', 'it does not pump blood', 'six', 'no vector');
	const vectors = new Map([
		['it pumps blood', [1, 0.1]],
		['the heart moves our blood', [1, 0]],
		['the heart moves our bloood', [0, 1]],
		['it does not pump blood', [1, 0]],
		['six', [0, 0]],
		['no vector', null],
	]);
	const membersWith = (threshold: number) =>
		groupLike(answers, { model: { vectors, threshold } }).map(({ memberIds }) => memberIds.map((id) => Number(id.slice(1))));
	// The slip of the pen is like the one by its characters, and unlike the other by either.
	expect(membersWith(0.99)).toEqual([[1, 2], [0], [3], [4], [5]]);
	expect(membersWith(0.8)).toEqual([[0, 1], [2], [3], [4], [5]]);
	expect(membersWith(1.1)).toEqual([[1, 2], [0], [3], [4], [5]]);
});

const word = fc.constantFrom('water', 'Water', 'rises', 'falls', 'the', 'sun', 'is', 'not', '5', '.', '水');
const answers = fc.array(
	fc.array(word, { maxLength: 6 }).map((words) => words.join(' ')),
	{ maxLength: 25 },
);

test('groups each answer once, equal ones always together, in whatever order they come', () => {
	fc.assert(
		fc.property(
			answers.map((texts) => items(...texts)).chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
			([list, shuffled]) => {
				const groups = groupLike(list);
				expect(groupLike(shuffled)).toEqual(groups);
				expect(groups.map((group) => answerGroup.parse(group))).toEqual(groups);
				expect(groups.flatMap(({ memberIds }) => memberIds).sort()).toEqual(list.map(({ id }) => id));
				const groupOf = new Map(groups.flatMap(({ id, memberIds }) => memberIds.map((member) => [member, id])));
				const firstWith = new Map<string, string>();
				for (const { id, text } of list) {
					const first = firstWith.get(normaliseAnswer(text)) ?? id;
					firstWith.set(normaliseAnswer(text), first);
					expect(groupOf.get(id)).toBe(groupOf.get(first));
				}
			},
		),
	);
});

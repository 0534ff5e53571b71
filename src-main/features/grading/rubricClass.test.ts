import { isDeepStrictEqual } from 'node:util';
import { isNotNull } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { addUp } from '#contract/addUp.ts';
import type { Assignment, QuestionFields } from '#contract/grading.ts';
import type { Criterion, Level } from '#contract/rubric.ts';
import { everyOwner } from '../../platform/database/owned.ts';
import type { GradingOrder } from './grading.ts';
import { gradeAll, stageOfTests } from './gradingTests.test-support.ts';
import { exampleFields, gradingOrder, mappingOf } from './openGradingStage.test-support.ts';
import { proposal } from './schema.ts';

const stage = stageOfTests(2);

const level = (id: string, name: string, points: number): Level => ({ id, name, description: '', points });
const wave: Criterion = {
	...{ id: 'wave', kind: 'levels', name: 'Wave', description: 'Says that light is a wave.', byCheck: false },
	levels: [level('full', 'Said and explained', 2), level('some', 'Said', 1), level('none', 'Not said', 0)],
};
const error: Criterion = {
	...{ id: 'error', kind: 'mustNotHave', name: 'Sound', description: 'Takes light for a sound.', byCheck: false },
	levels: [level('there', 'There', -0.5), level('not', 'Not there', 0)],
};
const light: QuestionFields = { name: 'Light', text: 'What is light?', key: 'A wave.', points: 2, check: { kind: 'none' }, rubric: [wave, error] };
const number = { kind: 'number', value: '14', tolerance: { kind: 'relative', amount: 0 }, unitNeeded: false, significantFigures: null } as const;
const sum: QuestionFields = { name: 'Sum', text: '2+3×4', key: '', points: 4, check: number, rubric: [] };
const steps: QuestionFields = {
	...sum,
	name: 'Steps',
	rubric: [
		{ id: 'result', kind: 'levels', name: 'Result', description: '', byCheck: true, levels: [level('right', 'Right', 3), level('wrong', 'Wrong', 0)] },
		{ id: 'way', kind: 'levels', name: 'Way', description: '', byCheck: false, levels: [level('shown', 'Shown', 1), level('not', 'Not shown', 0)] },
	],
};

async function createClass(questions: QuestionFields[], rows: string[]): Promise<Assignment> {
	const answers = questions.map(({ name }) => name);
	const text = [['id', ...answers].join(','), ...rows].join('\n');
	return stage().grading.create('ann', exampleFields, questions, { input: { text } }, mappingOf(answers));
}

const grade = (assignmentId: string, more: Partial<GradingOrder> = {}) => gradeAll(stage(), assignmentId, more);

test('T2 each criterion gets one of its levels, points are what those add up to, and a quote counts only where it is in the answer', async () => {
	const { id } = await createClass([light], ['1,Light is a wave of fields.', '2,Light is a kind of sound!', '3,"It is a wave, and fast."']);
	for (const { text, proposal } of await grade(id)) {
		if (!proposal) throw new Error('there is no proposal');
		expect(proposal.verdicts.map(({ criterionId }) => criterionId)).toEqual(['wave', 'error']);
		for (const { criterionId, levelId, quote, place } of proposal.verdicts) {
			expect([wave, error].find((each) => each.id === criterionId)?.levels.map((each) => each.id)).toContain(levelId);
			if (place) expect(text.slice(place.start, place.end).length).toBeGreaterThan(0);
			else if (quote !== null) expect(proposal.doubts).toContain('quoteMissing');
		}
		expect(proposal).toMatchObject({ points: addUp([wave, error], proposal.verdicts, 2), outOf: 2, decidedBy: 'model', isOutdated: false });
	}
}, 120_000);

test('2+3×4: 14 is right and 20 is not, whatever the model says', async () => {
	const { id } = await createClass([sum, steps], ['1,14,14', '2,20,20', '3,It is 14.,2+12 = 14', '4,"2+3=5, 5×4=20",It is 20.']);
	const answers = await grade(id);
	const of = (name: string) =>
		answers.filter(
			({ questionId }) =>
				stage()
					.grading.get('ann', id)
					.questions.find((each) => each.name === name)?.id === questionId,
		);
	expect(of('Sum').map(({ proposal }) => [proposal?.points, proposal?.decidedBy])).toEqual([
		[4, 'check'],
		[0, 'check'],
		[4, 'check'],
		[0, 'check'],
	]);
	const results = of('Steps').map(({ proposal }) => proposal?.verdicts.map(({ levelId, decidedBy }) => [levelId, decidedBy]));
	expect(results.map((verdicts) => verdicts?.[0])).toEqual(['right', 'wrong', 'right', 'wrong'].map((levelId) => [levelId, 'check']));
	expect(results.map((verdicts) => verdicts?.[1]?.[1])).toEqual(Array(4).fill('model'));
}, 120_000);

test('answers that say the same get the same, and the model is asked once', async () => {
	const { id } = await createClass([light], ['1,Light is a wave.', '2, Light  is a wave. ', '3,light is a wave.', '4,Light is a wave.']);
	const [first, second, third, fourth] = await grade(id);
	for (const like of [second, fourth])
		expect(like?.proposal).toMatchObject({ points: first?.proposal?.points, feedback: first?.proposal?.feedback, tokens: 0, charged: 0 });
	// Case may be what a question is about.
	expect([first?.proposal?.tokens, third?.proposal?.tokens].every((tokens) => (tokens ?? 0) > 0)).toBe(true);
}, 120_000);

test('a second look with the levels the other way round tells where the two differ', async () => {
	const { id } = await createClass([light], ['1,Light is a wave of fields.', '2,No idea.', '3,"Sound, I think."', '4,Rays that come from the sun.']);
	const once = await grade(id);
	const twice = await grade(id, { scope: 'all', passes: 2 });
	for (const [at, { proposal: proposed }] of twice.entries()) {
		expect(proposed?.tokens).toBeGreaterThan(once[at]?.proposal?.tokens ?? 0);
	}
	const seconds = stage()
		.db.select({ verdicts: proposal.verdicts, second: proposal.second, doubts: proposal.doubts })
		.from(proposal)
		.where(everyOwner(proposal.answerId, isNotNull(proposal.second)))
		.all();
	expect(seconds).toHaveLength(4);
	for (const { verdicts, second, doubts } of seconds) {
		const levels = (list: { levelId: string }[] = []) => list.map(({ levelId }) => levelId);
		expect(doubts.includes('passesDiffer')).toBe(!isDeepStrictEqual(levels(verdicts), levels(second?.verdicts)));
	}
}, 120_000);

test('where points change they are added up anew; where words change, that question alone is graded again', async () => {
	const { id, questions } = await createClass([light, sum], ['1,A wave.,14', '2,A sound.,20']);
	const before = await grade(id);
	const [asked] = questions;
	const dearer = light.rubric.map((each) => ({ ...each, levels: each.levels.map((one) => ({ ...one, points: one.points * 2 })) }));
	expect((await stage().grading.changeQuestion('ann', id, asked?.id ?? '', { points: 4, rubric: dearer })).counts.outdated).toBe(0);
	const doubled = stage().grading.answers('ann', id, asked?.id);
	expect(stage().grading.answers('ann', id, 'first')).toEqual(doubled);
	expect(doubled.map(({ proposal }) => proposal?.points)).toEqual(
		before.filter(({ questionId }) => questionId === asked?.id).map(({ proposal }) => (proposal?.points ?? 0) * 2),
	);
	const reworded = dearer.map((each) => ({ ...each, description: `${each.description} In one's own words.` }));
	expect((await stage().grading.changeQuestion('ann', id, asked?.id ?? '', { rubric: reworded })).counts.outdated).toBe(2);
	expect(stage().grading.estimate('ann', id, gradingOrder(stage().model.id, { scope: 'outdated' })).answers).toBe(2);
	expect(stage().grading.marks.accept('ann', id, null, 0)).toHaveLength(2);
	const after = await grade(id, { scope: 'outdated' });
	expect(after.map(({ proposal }) => proposal?.isOutdated)).toEqual([false, false, false, false]);
	expect(
		stage()
			.grading.history('ann', after[0]?.id ?? '')
			.proposals.map(({ isOutdated }) => isOutdated),
	).toEqual([false, true]);
}, 120_000);

test('a mark follows from its levels or from points of its own; what cannot be is refused, and nothing of the past is lost', async () => {
	const { id } = await createClass([light], ['1,A wave.']);
	const [answer] = stage().grading.answers('ann', id);
	const set = (points: number | null, levels: Record<string, string>) =>
		stage().grading.marks.set('ann', answer?.id ?? '', { marker: 'first', points, levels });
	expect(set(null, { wave: 'full', error: 'there' }).mark).toMatchObject({ points: 1.5, levels: { wave: 'full', error: 'there' } });
	expect(set(0.25, {}).mark).toMatchObject({ points: 0.25, levels: {} });
	for (const [points, levels, reason] of [
		[null, { wave: 'full' }, 'incomplete'],
		[null, {}, 'incomplete'],
		[2.5, {}, 'outOfRange'],
		[-0.5, {}, 'outOfRange'],
		[1, { wave: 'other' }, 'unknownLevel'],
	] as const)
		expect(() => set(points, levels)).toThrow(expect.objectContaining({ code: 'MARK_INVALID', data: { reason, outOf: 2 } }));
	stage().grading.marks.set('ann', answer?.id ?? '', { marker: 'second', points: 2, levels: {}, feedback: 'Full.' });
	expect(stage().grading.marks.clear('ann', answer?.id ?? '', 'first')).toMatchObject({ mark: null, secondMark: { points: 2, feedback: 'Full.' } });
	expect(
		stage()
			.grading.history('ann', answer?.id ?? '')
			.marks.map(({ marker, points }) => [marker, points]),
	).toEqual([
		['first', null],
		['second', 2],
		['first', 0.25],
		['first', 1.5],
	]);
});

test('accepting takes over what is sure enough and open, and gives it back', async () => {
	const { id } = await createClass([sum], ['1,14', '2,20', '3,perhaps', '4,14']);
	const answers = await grade(id);
	const confidences = answers.slice(0, 3).map(({ proposal: proposed }) => proposed?.confidence ?? 0);
	stage().grading.marks.set('ann', answers[3]?.id ?? '', { marker: 'first', points: 1, levels: {} });
	const most = Math.max(...confidences);
	const sure = answers.filter((_, at) => confidences[at] === most).map((each) => each.id);
	expect(stage().grading.marks.accept('ann', id, null, most)).toEqual(sure);
	const accepted = [...sure, ...stage().grading.marks.accept('ann', id, null, 0)];
	expect(accepted.toSorted()).toEqual(
		answers
			.slice(0, 3)
			.map((each) => each.id)
			.toSorted(),
	);
	const settled = answers.map(({ proposal: proposed }) => proposed?.points);
	expect(
		stage()
			.grading.answers('ann', id)
			.map(({ mark }) => mark?.points),
	).toEqual([4, 0, settled[2], 1]);
	// What the teacher changed meanwhile is not theirs to take back.
	stage().grading.marks.set('ann', answers[1]?.id ?? '', { marker: 'first', points: 2, levels: {} });
	stage().grading.marks.unaccept('ann', id, accepted);
	expect(
		stage()
			.grading.answers('ann', id)
			.map(({ mark }) => mark?.points),
	).toEqual([undefined, 2, undefined, 1]);
}, 120_000);

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ExampleChooser } from './ExampleChooser.ts';
import { normaliseAnswer } from './normaliseAnswer.ts';

const target = { id: 't', text: 'water evaporates when the sun heats it' };
const marked = [
	{ id: 'a', text: 'water evaporates when the sun heats it up', points: 5 },
	{ id: 'b', text: 'water evaporates because the sun heats it up', points: 5 },
	{ id: 'c', text: 'Water evaporates because the sun heats it up.', points: 5 },
	{ id: 'd', text: 'water falls when clouds are heavy', points: 1 },
	{ id: 'e', text: 'no idea', points: 0 },
];

test('takes the most like first, then one that was marked otherwise rather than one more of the same', () => {
	expect(new ExampleChooser(marked).nearest(target, 3).map(({ id }) => id)).toEqual(['a', 'd', 'b']);
});

test('goes by what a model makes of them where it made something of the target too', () => {
	const vectors = new Map([
		['no idea', [1, 0]],
		['water falls when clouds are heavy', [0, 1]],
		['water evaporates when the sun heats it up', [0.1, 1]],
		['water evaporates because the sun heats it up', [0.1, 1]],
	]);
	const chooser = new ExampleChooser(marked, vectors);
	expect(chooser.nearest(target, 1, [1, 0.1]).map(({ id }) => id)).toEqual(['e']);
	expect(chooser.nearest(target, 1).map(({ id }) => id)).toEqual(['a']);
});

test('never shows the answer its own mark, and another student’s equal answer only where the answer is not marked itself', () => {
	const own = { ...target, points: 4 };
	expect(new ExampleChooser([own]).nearest(target, 3)).toEqual([]);
	expect(new ExampleChooser([{ ...own, id: 'u' }]).nearest(target, 3).map(({ id }) => id)).toEqual(['u']);
	// Equal answers are marked as one: theirs would be its own.
	expect(new ExampleChooser([own, { ...own, id: 'u' }]).nearest(target, 3)).toEqual([]);
});

test('gives at most as many as are asked for, no two of the same text, in whatever order they come', () => {
	const list = fc.uniqueArray(
		fc.record({ id: fc.string({ minLength: 1, maxLength: 3 }), text: fc.constantFrom('a', 'A', 'sun', 'the sun', 'sun rises'), points: fc.nat(5) }),
		{
			selector: ({ id }) => id,
		},
	);
	fc.assert(
		fc.property(list, fc.nat(4), (all, count) => {
			const chosen = new ExampleChooser(all).nearest({ id: 'target', text: 'the sun rises' }, count);
			const texts = new Set(all.map(({ text }) => normaliseAnswer(text)));
			expect(chosen).toHaveLength(Math.min(count, texts.size));
			expect(new Set(chosen.map(({ text }) => normaliseAnswer(text))).size).toBe(chosen.length);
			expect(new ExampleChooser(all.toReversed()).nearest({ id: 'target', text: 'the sun rises' }, count)).toEqual(chosen);
		}),
	);
});

test('one chooser serves many answers: what was chosen for one changes nothing for the next', () => {
	const chooser = new ExampleChooser(marked);
	const targets = [target, ...marked.map(({ id, text }) => ({ id, text })), { id: 'x', text: 'Δ unlike all' }, { id: 'y', text: '' }];
	const once = targets.map((each) => new ExampleChooser(marked).nearest(each, 2));
	expect([...targets, ...targets].map((each) => chooser.nearest(each, 2))).toEqual([...once, ...once]);
});

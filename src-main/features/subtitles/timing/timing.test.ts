import fc from 'fast-check';
import { expect, test } from 'vitest';
import { presetOf } from '#contract/readingRules.ts';
import { visibleText } from '#contract/visibleText.ts';
import { applyEdit, undoOf } from './applyEdit.test-support.ts';
import { mergeCues } from './mergeCues.ts';
import { changeFrameRate, shiftCues, snapToFrames, stretchCues } from './moveCues.ts';
import { closeGaps, extendCues } from './spaceCues.ts';
import { splitCue } from './splitCue.ts';
import type { TimedCue, TimingEdit, TimingResult } from './TimingEdit.ts';

const rules = presetOf('en', 'netflix')?.rules ?? expect.fail('no preset');
const cue = (id: string, startMs: number, endMs: number, source = 'Hello there, my friend.', target = ''): TimedCue => ({ id, startMs, endMs, source, target });
const list = [cue('a', 1000, 2000), cue('b', 2500, 4000), cue('c', 6000, 6400)];
const times = (result: TimingResult, cues = list) =>
	result.kind === 'edit' ? applyEdit(cues, result.edit).map(({ startMs, endMs }) => [startMs, endMs]) : result;
const split = { newId: 'z', sourceLanguage: 'en', targetLanguage: 'zh', gapFrames: 2, fps: 24 };

test('shifts, and refuses to begin before the film does', () => {
	expect(times(shiftCues(list, -1000))).toEqual([
		[0, 1000],
		[1500, 3000],
		[5000, 5400],
	]);
	expect(shiftCues(list, -1001)).toEqual({ kind: 'refused', why: 'beforeStart', byMs: 1 });
});

test('stretches by two points', () => {
	expect(times(stretchCues(list, { fromMs: 1000, toMs: 2000 }, { fromMs: 6000, toMs: 12_000 }))).toEqual([
		[2000, 4000],
		[5000, 8000],
		[12_000, 12_800],
	]);
	expect(stretchCues(list, { fromMs: 1000, toMs: 2000 }, { fromMs: 1000, toMs: 3000 })).toEqual({ kind: 'refused', why: 'pointsUnordered' });
	expect(stretchCues(list, { fromMs: 1000, toMs: 2000 }, { fromMs: 2000, toMs: 1000 })).toEqual({ kind: 'refused', why: 'pointsUnordered' });
});

test('changes the frame rate by the exact rates of television', () => {
	const hour = [cue('a', 3_600_000, 3_601_000)];
	expect(times(changeFrameRate(hour, 25, 23.976), hour)).toEqual([[3_753_750, 3_754_793]]);
	expect(times(changeFrameRate(hour, 24, 23.976), hour)).toEqual([[3_603_600, 3_604_601]]);
	expect(changeFrameRate(hour, 25, 25)).toEqual({ kind: 'edit', edit: { before: [], after: [] } });
});

test('snaps to frames, and leaves out what is on them', () => {
	const cues = [cue('a', 1000, 2000), cue('b', 2510, 2515)];
	const result = snapToFrames(cues, 25);
	expect(result.kind === 'edit' && result.edit.after.map(({ id }) => id)).toEqual(['b']);
	expect(times(result, cues)).toEqual([
		[1000, 2000],
		[2520, 2560],
	]);
});

test('extends to the shortest duration and reading speed, as far as the next one lets it', () => {
	const cues = [cue('a', 0, 500, 'Hi.'), cue('b', 800, 1000, 'Twenty-four characters..'), cue('c', 5000, 5100, 'x'.repeat(400)), cue('d', 20_000, 29_000)];
	expect(applyEdit(cues, extendCues(cues, rules, 25)).map(({ endMs }) => endMs)).toEqual([720, 2000, 12_000, 29_000]);
	expect(extendCues(cues, rules, 25, new Set(['c'])).after.map(({ id }) => id)).toEqual(['c']);
});

test('closes gaps of three to eleven frames at 24 to two, and no others', () => {
	const gaps = [0, 1, 2, 3, 11, 12, 24].map((frames) => Math.round((frames * 1000) / 24));
	const closed = gaps.map((gap) => {
		const cues = [cue('a', 0, 1000), cue('b', 1000 + gap, 3000)];
		const [first] = applyEdit(cues, closeGaps(cues, 24));
		return 1000 + gap - (first?.endMs ?? 0);
	});
	expect(closed).toEqual([0, 42, 83, 84, 84, 500, 1000]);
});

test('splits by meaning, source and translation, with the gap between', () => {
	const whole = cue('a', 0, 4000, 'I never saw him again, but I kept his letter.', '我再也没有见过他，但是我留着他的信。');
	const result = splitCue(whole, split);
	expect(result.kind === 'edit' && applyEdit([whole, cue('b', 5000, 6000)], result.edit)).toEqual([
		cue('a', 0, 1917, 'I never saw him again,', '我再也没有见过他，'),
		cue('z', 2000, 4000, 'but I kept his letter.', '但是我留着他的信。'),
		cue('b', 5000, 6000),
	]);
});

test('splits at a time, a dialogue between its turns, and no single word', () => {
	const dialogue = cue('a', 0, 3000, '- Where are you going with that?\n- Home.');
	const result = splitCue(dialogue, { ...split, atMs: 2400, gapFrames: 0 });
	expect(result.kind === 'edit' && result.edit.after).toEqual([cue('a', 0, 2400, '- Where are you going with that?'), cue('z', 2400, 3000, '- Home.')]);
	expect(splitCue(cue('a', 0, 3000, 'Home.'), split)).toEqual({ kind: 'refused', why: 'indivisible' });
	expect(splitCue(dialogue, { ...split, atMs: 3000 })).toEqual({ kind: 'refused', why: 'indivisible' });
});

test('merges neighbours, with spaces where the language has them', () => {
	const cues = [cue('a', 0, 1000, 'I know', '我知道'), cue('b', 1100, 2000, 'what you\nmean.', '你的意思。'), cue('c', 3000, 4000)];
	const result = mergeCues(cues, new Set(['a', 'b']));
	expect(result.kind === 'edit' && result.edit.after).toEqual([cue('a', 0, 2000, 'I know what you mean.', '我知道你的意思。')]);
	expect(mergeCues(cues, new Set(['a', 'c']))).toEqual({ kind: 'refused', why: 'notNeighbours' });
	expect(mergeCues(cues, new Set(['a']))).toEqual({ kind: 'refused', why: 'notNeighbours' });
});

const text = fc
	.array(fc.constantFrom('I', 'saw', 'him,', 'and', 'left.', '我们', '，', '走了。', '<i>', '</i>', '⟦1⟧', '\n', '\n- No.', '{\\an8}'), { maxLength: 12 })
	.map((words) => words.join(' '));
const anyList = fc.array(fc.tuple(fc.integer({ min: 0, max: 9000 }), fc.integer({ min: 0, max: 9000 }), text, text), { maxLength: 20 }).map((rows) => {
	let at = 0;
	return rows.map(([gap, length, source, target], index): TimedCue => {
		const startMs = at + gap;
		at = startMs + length;
		return { id: `c${index}`, startMs, endMs: at, source, target };
	});
});
const fps = fc.constantFrom(23.976, 24, 25, 29.97, 30, 50, 59.94);
const ms = fc.integer({ min: 0, max: 100_000 });
const point = fc.record({ fromMs: ms, toMs: ms });
const asResult = (edit: TimingEdit): TimingResult => ({ kind: 'edit', edit });
const operations = fc.oneof(
	fc.integer({ min: -20_000, max: 20_000 }).map((by) => (cues: TimedCue[]) => shiftCues(cues, by)),
	fc.tuple(point, point).map(
		([first, second]) =>
			(cues: TimedCue[]) =>
				stretchCues(cues, first, second),
	),
	fc.tuple(fps, fps).map(
		([from, to]) =>
			(cues: TimedCue[]) =>
				changeFrameRate(cues, from, to),
	),
	fps.map((rate) => (cues: TimedCue[]) => snapToFrames(cues, rate)),
	fps.map((rate) => (cues: TimedCue[]) => asResult(extendCues(cues, rules, rate))),
	fps.map((rate) => (cues: TimedCue[]) => asResult(closeGaps(cues, rate))),
	fc.tuple(fc.nat(), fc.option(ms), fps).map(([at, atMs, rate]) => (cues: TimedCue[]) => {
		const chosen = cues[at % Math.max(1, cues.length)];
		if (chosen === undefined) return asResult({ before: [], after: [] });
		return splitCue(chosen, { ...split, fps: rate, ...(atMs === null ? {} : { atMs }) });
	}),
	fc.tuple(fc.nat(), fc.integer({ min: 2, max: 4 })).map(([at, many]) => (cues: TimedCue[]) => {
		const from = at % Math.max(1, cues.length);
		return mergeCues(cues, new Set(cues.slice(from, from + many).map(({ id }) => id)));
	}),
);
const words = (cues: readonly TimedCue[], which: 'source' | 'target') => cues.map((one) => visibleText(one[which]).replace(/\s/g, '')).join('');

test('no operation makes a time negative, loses a word or the order, and each can be undone', () => {
	fc.assert(
		fc.property(anyList, operations, (cues, operate) => {
			const former = structuredClone(cues);
			const result = operate(cues);
			if (result.kind !== 'edit') return;
			const changed = applyEdit(cues, result.edit);
			expect(cues).toEqual(former);
			expect(applyEdit(changed, undoOf(result.edit))).toEqual(former);
			expect([words(changed, 'source'), words(changed, 'target')]).toEqual([words(cues, 'source'), words(cues, 'target')]);
			for (const [at, one] of changed.entries()) {
				expect(Number.isInteger(one.startMs) && one.startMs >= 0 && one.endMs >= one.startMs).toBe(true);
				expect(one.startMs >= (changed[at - 1]?.startMs ?? 0)).toBe(true);
			}
		}),
		{ numRuns: 1500 },
	);
});

test('extending and closing gaps never make an overlap, nor a cue shorter', () => {
	fc.assert(
		fc.property(anyList, fps, fc.boolean(), (cues, rate, closes) => {
			const changed = applyEdit(cues, closes ? closeGaps(cues, rate) : extendCues(cues, rules, rate));
			for (const [at, one] of changed.entries()) {
				expect(one.endMs).toBeGreaterThanOrEqual(cues[at]?.endMs ?? 0);
				expect(one.endMs).toBeLessThanOrEqual(Math.max(changed[at + 1]?.startMs ?? Number.POSITIVE_INFINITY, cues[at]?.endMs ?? 0));
			}
		}),
	);
});

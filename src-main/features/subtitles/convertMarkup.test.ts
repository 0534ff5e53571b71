import fc from 'fast-check';
import { expect, test } from 'vitest';
import { visibleText } from '#contract/visibleText.ts';
import { convertMarkup } from './convertMarkup.ts';

const timing = { startMs: 12_000, endMs: 14_000, movedByMs: 0 };
const lrc = '<00:12.00>Hello <00:12.50>my <00:13.00>world<00:13.80>';

test.for([
	['the times of words in WebVTT, those that only repeat the cue’s left out', 'lrc', 'vtt', lrc, timing, 'Hello <00:00:12.500>my <00:00:13.000>world', []],
	['the times of words as karaoke', 'lrc', 'ass', lrc, timing, '{\\k50}Hello {\\k50}my {\\k80}world', []],
	['a pause before the first word', 'lrc', 'ass', '<00:12.20>Hello <00:13.00>you', timing, '{\\k20}{\\k80}Hello {\\k100}you', []],
	['words before the first time', 'lrc', 'ass', 'Oh <00:12.20>hello', timing, '{\\k20}Oh {\\k180}hello', []],
	['thousandths and an hour', 'lrc', 'vtt', 'A <60:12.345>b', { startMs: 3_612_000, endMs: 3_613_000, movedByMs: 0 }, 'A <01:00:12.345>b', []],
	['a colon before the fraction', 'lrc', 'vtt', 'A <00:12:50>b', timing, 'A <00:00:12.500>b', []],
	['no times of words in SRT', 'lrc', 'srt', lrc, timing, 'Hello my world', ['wordTimes']],
	['a cue that was moved', 'lrc', 'vtt', lrc, { startMs: 22_000, endMs: 24_000, movedByMs: 10_000 }, 'Hello <00:00:22.500>my <00:00:23.000>world', []],
	['times out of order', 'lrc', 'vtt', '<00:13.00>A <00:12.50>b', timing, 'A b', ['wordTimes']],
	['times outside their cue', 'lrc', 'ass', '<00:10.00>A <00:12.50>b', timing, 'A b', ['wordTimes']],
	['a lower text', 'lrc', 'vtt', lrc, null, 'Hello my world', ['wordTimes']],
	['karaoke of WebVTT', 'vtt', 'ass', 'One <00:00:13.000>two', timing, '{\\k100}One {\\k100}two', []],
	['karaoke of ASS', 'ass', 'srt', '{\\k20}One {\\k30}two', timing, 'One two', ['wordTimes']],
	['italics and a place', 'ass', 'srt', '{\\an8\\i1}One{\\i0}', timing, '{\\an8}<i>One</i>', []],
	['a place that is none elsewhere', 'ass', 'vtt', '{\\pos(1,2)\\i1}One{\\i0}', timing, '<i>One</i>', ['styles']],
	['a voice and a class', 'vtt', 'srt', '<v Ann>One <c.red>two</c></v>', timing, 'One two', ['styles']],
	['bold into ASS', 'srt', 'ass', '<b>One</b>\n<font size="3">two</font>', timing, '{\\b1}One{\\b0}\\Ntwo', ['styles']],
	['a comment within a line', 'ass', 'vtt', '{a note}One', timing, 'One', []],
] as const)('%s', ([, from, to, raw, its, text, lost]) => {
	const converted = convertMarkup(from, to, raw, its);
	expect([converted.text, [...converted.lost]]).toEqual([text, lost]);
});

test('no word is lost, whatever times stand among them, and what is written for WebVTT is in order', () => {
	const piece = fc.oneof(
		fc.constantFrom('word', 'two ', '字'),
		fc.nat(16_000).map((ms) => `<00:${(ms / 1000).toFixed(2).padStart(5, '0')}>`),
	);
	fc.assert(
		fc.property(fc.array(piece, { maxLength: 12 }), fc.constantFrom('srt' as const, 'vtt' as const, 'ass' as const), (pieces, to) => {
			const { text } = convertMarkup('lrc', to, pieces.join(''), timing);
			expect(visibleText(text)).toBe(visibleText(pieces.join('')));
			const times = Array.from(text.matchAll(/<00:00:([\d.]+)>/g), ([, seconds]) => Number(seconds));
			expect(times).toEqual(times.toSorted((a, b) => a - b).filter((time) => time > 12 && time < 14));
			const karaoke = Array.from(text.matchAll(/\{\\k(-?\d+)\}/g), ([, hundredths]) => Number(hundredths));
			expect(karaoke.every((length) => length >= 0) && karaoke.reduce((sum, length) => sum + length, 0) <= 200).toBe(true);
		}),
	);
});

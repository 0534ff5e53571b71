import { expect, test } from 'vitest';
import { linkedScreens } from '#contract/linkedScreens.ts';
import { routes } from '../routes.tsx';
import { destinationsFor } from './destinations.ts';

const to = (role: 'viewer' | 'user' | 'admin', ...names: string[]) => destinationsFor(names, role).map(({ name }) => name);

test.each([
	[['Qwen3-4B.gguf'], ['models']],
	[['film.SRT', 'film.vtt', 'film.ass'], ['subtitles']],
	[['film.mkv'], ['subtitles']],
	[['class.csv'], ['grading', 'convert']],
	[['class.xlsx'], ['grading', 'convert']],
	[['data.yaml', 'data.json'], ['convert']],
	[['Ada.docx', 'Bob.pdf'], ['grading']],
	[['notes.txt'], ['subtitles', 'grading']],
	[['track.xml'], ['subtitles', 'convert']],
	[['film.srt', 'model.gguf'], []],
	[['setup.exe'], []],
	[['gguf'], []],
	[[], []],
])('%j go to %j', (names, expected) => {
	expect(to('admin', ...names)).toEqual(expected);
});

test('nobody is led to a screen that is not theirs', () => {
	expect([to('user', 'a.gguf'), to('user', 'a.csv'), to('viewer', 'a.csv'), to('viewer', 'a.srt')]).toEqual([[], ['grading', 'convert'], [], []]);
});

test('every screen that a link may name is there', () => {
	const there = routes.map((route) => route.to);
	expect(Object.values(linkedScreens).filter((address) => !there.includes(address))).toEqual([]);
});

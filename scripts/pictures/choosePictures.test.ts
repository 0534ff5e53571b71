import { expect, test } from 'vitest';
import { screens } from '../../e2e/support/screens.ts';
import { type Choice, choosePictures } from './choosePictures.ts';

test('pictures are taken of everything that no word narrows', () => {
	expect(named(choosePictures([]))).toEqual({
		...{ screens: screens.map(({ name }) => name), states: ['empty', 'full', 'error'] },
		...{ languages: ['en', 'zh'], themes: ['light', 'dark'], sizes: ['1280', '1920'] },
	});
	expect(named(choosePictures(['subtitles-gl', 'dark', '1920', 'full', 'settings', 'zh']))).toEqual({
		...{ screens: ['subtitles-glossaries', 'subtitles-glossary', 'settings', 'settings-backup'], states: ['full'] },
		...{ languages: ['zh'], themes: ['dark'], sizes: ['1920'] },
	});
});

test('a word that names no screen is told, with those that there are', () => {
	expect(choosePictures(['home', 'gradng'])).toMatch(/^There is no screen gradng\. There are: door-setup, .*settings, .*\.$/);
});

function named(choice: Choice | string): unknown {
	return typeof choice === 'string' ? choice : { ...choice, screens: choice.screens.map(({ name }) => name) };
}

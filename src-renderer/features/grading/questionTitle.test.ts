import { expect, test } from 'vitest';
import { questionTitle } from './questionTitle.ts';

const asked = { name: 'Answer', text: '\nWhat is light?\nGive two reasons.' };

test('a question that is alone is called by what it asks, not by the column that its answers came from', () => {
	const alone = { title: 'Light', questions: [asked] };
	expect(questionTitle(asked, alone)).toBe('What is light?');
	expect(questionTitle({ ...asked, text: ' \n' }, alone)).toBe('Light');
	expect(questionTitle({ ...asked, text: 'x'.repeat(200) }, alone)).toHaveLength(120);
});

test('beside others it is called by its name', () => {
	expect(questionTitle(asked, { title: 'Light', questions: [asked, asked] })).toBe('Answer');
});

import { expect, test } from 'vitest';
import { sendsDraft } from './sendsDraft.ts';

const enter = { key: 'Enter', shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, isComposing: false, keyCode: 13 };

test('Enter sends, Shift+Enter makes a new line', () => {
	expect(sendsDraft(enter)).toBe(true);
	expect(sendsDraft({ ...enter, shiftKey: true })).toBe(false);
	expect(sendsDraft({ ...enter, key: 'a', keyCode: 65 })).toBe(false);
});

test('the Enter that picks a word in a Chinese input method never sends', () => {
	expect(sendsDraft({ ...enter, isComposing: true })).toBe(false);
	expect(sendsDraft({ ...enter, keyCode: 229 })).toBe(false);
});

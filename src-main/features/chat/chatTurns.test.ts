import { expect, test } from 'vitest';
import { chatTurns } from './chatTurns.ts';

test('answers that hold nothing are left out, and turns alternate', () => {
	const branch = [
		{ role: 'user', content: 'one' },
		{ role: 'assistant', content: '' },
		{ role: 'user', content: 'two' },
		{ role: 'assistant', content: 'reply' },
		{ role: 'user', content: 'three' },
	] as const;
	expect(chatTurns(branch, 'Be kind.')).toEqual([
		{ role: 'system', content: 'Be kind.' },
		{ role: 'user', content: 'one\n\ntwo' },
		{ role: 'assistant', content: 'reply' },
		{ role: 'user', content: 'three' },
	]);
	expect(chatTurns(branch.slice(0, 1), '  ')).toEqual([{ role: 'user', content: 'one' }]);
});

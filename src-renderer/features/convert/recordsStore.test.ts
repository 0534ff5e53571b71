import { expect, test } from 'vitest';
import { usedFields } from './recordsStore.ts';

test('fields without a name are not sent, and of two with one name the first is', () => {
	const field = (id: string, name: string, type: 'text' | 'date') => ({ id, name, type, note: '' });
	expect(usedFields([field('1', ' name ', 'text'), field('2', '', 'text'), field('3', 'name', 'date'), field('4', 'day', 'date')])).toEqual([
		{ name: 'name', type: 'text', note: '' },
		{ name: 'day', type: 'date', note: '' },
	]);
});

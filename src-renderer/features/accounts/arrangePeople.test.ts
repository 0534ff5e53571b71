import { expect, test } from 'vitest';
import type { Person } from '#contract/accounts.ts';
import { arrangePeople, personState } from './arrangePeople.ts';

test('a person who is switched off counts as that whatever else is so, and one without a password by the code', () => {
	const person = { isDisabled: false, isBeingRemoved: false, hasPassword: false, codeExpiresAt: null };
	expect([
		personState({ ...person, isDisabled: true, isBeingRemoved: true }, 10),
		personState({ ...person, isDisabled: true, hasPassword: true }, 10),
		personState({ ...person, hasPassword: true }, 10),
		personState({ ...person, codeExpiresAt: 11 }, 10),
		personState({ ...person, codeExpiresAt: 10 }, 10),
		personState(person, 10),
	]).toEqual(['leaving', 'disabled', 'active', 'waiting', 'codeOver', 'codeOver']);
});

test('people are found by any part of the name in any case, and come in the order of the language', () => {
	const named = (name: string) => ({ name }) as Person;
	const people = ['Zoë', 'student 10', 'Student 9', 'álvaro'].map(named);
	expect(arrangePeople(people, '', 'en').map(({ name }) => name)).toEqual(['álvaro', 'Student 9', 'student 10', 'Zoë']);
	expect(arrangePeople(people, ' STUDENT', 'en').map(({ name }) => name)).toEqual(['Student 9', 'student 10']);
});

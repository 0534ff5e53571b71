import type { Person } from '#contract/accounts.ts';

/** How a person stands: on the way out, switched off, without a password yet, or able to sign in. */
export type PersonState = 'leaving' | 'disabled' | 'waiting' | 'codeOver' | 'active';

/** How a person stands now; `codeOver`: without a password and with no code that is still good. */
export function personState(person: Pick<Person, 'isDisabled' | 'isBeingRemoved' | 'hasPassword' | 'codeExpiresAt'>, now: number): PersonState {
	if (person.isBeingRemoved) return 'leaving';
	if (person.isDisabled) return 'disabled';
	if (person.hasPassword) return 'active';
	return person.codeExpiresAt !== null && person.codeExpiresAt > now ? 'waiting' : 'codeOver';
}

/** The people whose name holds `text`, by name. */
export function arrangePeople(people: readonly Person[], text: string, language: string): Person[] {
	const wanted = text.trim().toLocaleLowerCase(language);
	const { compare } = new Intl.Collator(language, { numeric: true });
	return people.filter(({ name }) => name.toLocaleLowerCase(language).includes(wanted)).sort((a, b) => compare(a.name, b.name));
}

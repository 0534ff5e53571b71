/** Who somebody is, as far as it is known: either may be empty. */
export interface Student {
	number: string;
	name: string;
}

/**
 * Whom of a class a student who is added is. `known`: the one at this place; `several` and `repeated` are nobody for certain: more than one student
 * there, or here, have that number or, without one, that name. `nameKnown`: a new student, whose name somebody else there has under another number.
 */
export type Match = { kind: 'known'; place: number; nameDiffers: boolean } | { kind: 'new'; nameKnown: boolean } | { kind: 'several' } | { kind: 'repeated' };

/**
 * Says of each student who is added whom of a class it is: by the number where both have one, else by the name. No two of them are ever the same
 * one. A number is the same without the zeros in front, which spreadsheets drop, where none is the same with them; a name in any case, and with the last name in front of a comma. A student with
 * neither is new.
 */
export function matchStudents(there: readonly Student[], added: readonly Student[]): Match[] {
	const kept = new Index(there);
	const found = added.map((student): Match => matchOne(kept, there, student));
	const here = new Index(added);
	const claims = new Map<number, number>();
	for (const match of found) if (match.kind === 'known') claims.set(match.place, (claims.get(match.place) ?? 0) + 1);
	return found.map((match, at): Match => {
		const student = added[at];
		if (student === undefined || match.kind === 'several') return match;
		const isClaimedTwice = match.kind === 'known' && (claims.get(match.place) ?? 0) > 1;
		const isHereTwice = match.kind === 'new' && (student.number === '' ? here.named(student.name) : here.numbered(student.number)).length > 1;
		return isClaimedTwice || isHereTwice ? { kind: 'repeated' } : match;
	});
}

function matchOne(kept: Index, there: readonly Student[], { number, name }: Student): Match {
	const numbered = kept.numbered(number);
	if (numbered.length > 1) return { kind: 'several' };
	const [same] = numbered;
	if (same !== undefined) return { kind: 'known', place: same, nameDiffers: differs(there[same]?.name ?? '', name) };
	const named = kept.named(name);
	// Who has another number is somebody else.
	const possible = number === '' ? named : named.filter((place) => foldNumber(there[place]?.number ?? '') === '');
	if (possible.length > 1) return { kind: 'several' };
	const [only] = possible;
	return only === undefined ? { kind: 'new', nameKnown: named.length > 0 } : { kind: 'known', place: only, nameDiffers: false };
}

/** The places of students by what they are told by. */
class Index {
	readonly #exact = new Map<string, number[]>();
	readonly #bare = new Map<string, number[]>();
	readonly #names = new Map<string, number[]>();

	constructor(students: readonly Student[]) {
		for (const [place, { number, name }] of students.entries()) {
			put(this.#exact, foldNumber(number), place);
			put(this.#bare, withoutZeros(foldNumber(number)), place);
			put(this.#names, foldName(name), place);
		}
	}

	numbered(number: string): readonly number[] {
		const folded = foldNumber(number);
		if (folded === '') return [];
		return this.#exact.get(folded) ?? this.#bare.get(withoutZeros(folded)) ?? [];
	}

	named(name: string): readonly number[] {
		return this.#names.get(foldName(name)) ?? [];
	}
}

function put(places: Map<string, number[]>, key: string, place: number): void {
	if (key === '') return;
	const before = places.get(key);
	if (before) before.push(place);
	else places.set(key, [place]);
}

function differs(one: string, other: string): boolean {
	return foldName(one) !== '' && foldName(other) !== '' && foldName(one) !== foldName(other);
}

function foldNumber(number: string): string {
	return number.normalize('NFKC').replaceAll(/\s+/g, '').toLowerCase();
}

function withoutZeros(number: string): string {
	return number.replace(/^0+(?=.)/, '');
}

/** `Lovelace, Ada` is `Ada Lovelace`. */
function foldName(name: string): string {
	const plain = name.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim();
	const [, last, first] = /^([^,]+),([^,]+)$/.exec(plain) ?? [];
	return last !== undefined && first !== undefined ? `${first.trim()} ${last.trim()}` : plain;
}

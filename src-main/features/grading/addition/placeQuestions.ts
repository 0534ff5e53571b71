import type { MappedQuestion } from '../intake/mapAnswers.ts';

/** A question of a class, with what it goes by in the table that the class was made of. */
export interface AskedQuestion {
	id: string;
	heading: string;
	name: string;
	text: string;
}

/**
 * Says of each question of what is added which one of the class it is: the one that is headed so, else called so, else worded so; the only one where
 * either has no other. Null where that tells nothing; no two are the same one.
 */
export function placeQuestions(found: readonly MappedQuestion[], asked: readonly AskedQuestion[]): (string | null)[] {
	const [only, second] = asked;
	if (found.length === 1 && only && !second) return [only.id];
	const open = new Set(asked);
	const places = new Map<MappedQuestion, string>();
	const ways: ((each: AskedQuestion, of: MappedQuestion) => boolean)[] = [
		(each, of) => same(each.heading, of.heading),
		(each, of) => same(each.name, of.heading) || same(each.name, of.name),
		(each, of) => same(each.text, of.heading) || same(each.text, of.text),
	];
	for (const isIt of ways)
		for (const of of found) {
			if (places.has(of)) continue;
			const match = [...open].find((each) => isIt(each, of));
			if (!match) continue;
			open.delete(match);
			places.set(of, match.id);
		}
	return found.map((of) => places.get(of) ?? null);
}

function same(one: string, other: string): boolean {
	const fold = (text: string) => text.normalize('NFKC').replaceAll(/\s+/g, ' ').trim().toLowerCase();
	return fold(one) !== '' && fold(one) === fold(other);
}

/** `Q1.`, `Q1 `, `Question 2:`, `12345: ` (Canvas), `第3题` and the like, before what a heading says. */
const number =
	/^\s*(?:(?:(?:q|question|response|answer|item|task|frage|aufgabe)\s*\.?\s*\d+|\d+)\s*[.:：、)）-]|(?:q|question|frage|aufgabe)\s*\d+(?=\s)|第\s*\d+\s*[题題问問]\s*[.:：、)）-]?)\s*/iu;
const pointsIn = /[([（【/]\s*(\d+(?:[.,]\d{1,2})?)\s*(?:points?|pts?\.?|marks?|punkte?|p\.?|分)\s*[)\]）】]?/iu;

/** The question that a column's heading asks, without its number; empty where the heading is only a name. */
export function textOfHeading(heading: string): string {
	const rest = heading.replace(number, '').replace(pointsIn, '').trim();
	const isAsked = /[?？]/.test(rest) || rest.split(/\s+/).length >= 4 || (rest.match(/\p{Script=Han}/gu)?.length ?? 0) >= 7;
	return isAsked ? rest : '';
}

/** The points that a heading names, as in `Q1 (5 points)` or `第1题（4分）`; null where it names none. */
export function pointsOfHeading(heading: string): number | null {
	const points = Number(pointsIn.exec(heading)?.[1]?.replace(',', '.') ?? 0);
	return points > 0 && points <= 1000 ? points : null;
}

import type { SheetAnswer, SheetStudent } from './GradedClass.ts';
import { printableText } from './printableText.ts';

/** A piece of an answer, printable, and whether a level was given for it. */
export interface AnswerPiece {
	text: string;
	isEvidence: boolean;
}

/** Cuts an answer where its quotes begin and end; quotes that overlap make one piece. Places that are not in the answer count as none. */
export function markEvidence({ text, verdicts }: Pick<SheetAnswer, 'text' | 'verdicts'>): AnswerPiece[] {
	const places = verdicts
		.flatMap(({ place }) => (place ? [{ start: between(text, place.start), end: between(text, place.end) }] : []))
		.filter(({ start, end }) => start < end)
		.sort((a, b) => a.start - b.start);
	const pieces: AnswerPiece[] = [];
	let at = 0;
	const take = (end: number, isEvidence: boolean) => {
		if (end <= at) return;
		const last = pieces.at(-1);
		const taken = text.slice(at, end);
		if (last?.isEvidence === isEvidence) last.text += taken;
		else pieces.push({ text: taken, isEvidence });
		at = end;
	};
	for (const { start, end } of places) {
		take(start, false);
		take(end, true);
	}
	take(text.length, false);
	return pieces.map((piece) => ({ ...piece, text: printableText(piece.text) })).filter((piece) => piece.text !== '');
}

/** Whether anything is marked in what a student is given. */
export function showsEvidence({ answers }: SheetStudent): boolean {
	return answers.some(({ points, verdicts }) => points !== null && verdicts.some(({ place }) => place !== null));
}

/** The place, within the text and never inside a character. */
function between(text: string, place: number): number {
	const at = Math.min(text.length, Math.max(0, place));
	return at > 0 && /[\uD800-\uDBFF]/.test(text[at - 1] ?? '') && /[\uDC00-\uDFFF]/.test(text[at] ?? '') ? at + 1 : at;
}

import { revealHidden, type TextPart } from '../../ui/revealHidden.ts';

/** Where in an answer the words stand that show a criterion, in UTF-16 units. */
export interface EvidencePlace {
	criterionId: string;
	start: number;
	end: number;
}

/** A run of an answer, or one hidden character in it, and the criteria whose evidence it belongs to, in their order; quotes may overlap. */
export type EvidencePart = TextPart & { criteria: readonly string[] };

/**
 * Splits an answer for display so that nothing in it stays unseen and each run belongs to the same quotes from its first character to its last.
 *
 * The parts follow one another without a gap; joined again they are the whole answer. What of a place lies outside the answer is passed over.
 */
export function highlightEvidence(text: string, places: readonly EvidencePlace[]): EvidencePart[] {
	const edges = [...new Set(places.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
	return revealHidden(text).flatMap((part): EvidencePart[] => {
		if ('hidden' in part) return [{ ...part, criteria: criteriaAt(places, part.at) }];
		const cuts = [part.at, ...edges.filter((edge) => edge > part.at && edge < part.at + part.text.length), part.at + part.text.length];
		return cuts.slice(1).map((end, index) => {
			const at = cuts[index] ?? part.at;
			return { at, text: text.slice(at, end), criteria: criteriaAt(places, at) };
		});
	});
}

function criteriaAt(places: readonly EvidencePlace[], at: number): string[] {
	return places.filter(({ start, end }) => start <= at && at < end).map(({ criterionId }) => criterionId);
}

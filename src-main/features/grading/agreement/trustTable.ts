import type { TrustRow, TrustTable } from '#contract/agreement.ts';
import type { MarkPair } from './agreementOf.ts';
import { mean } from './variance.ts';

/** A proposal with its confidence and what the teacher gave the same answer. */
export interface TrustedPair extends MarkPair {
	confidence: number;
}

/** Marks are kept to a hundredth; anything closer is the same mark. */
const same = 0.005;
/** Off by more than this fraction of the points is far off. */
const farFraction = 0.2;
const steps = 20;

/**
 * For each confidence from 0 to 1 in twentieths: how many of the marked answers would have been accepted unseen, and how far off they were.
 *
 * With it a teacher chooses from where on to accept many at once. It speaks of the marked answers; that the rest of the class is like them is the teacher's
 * assumption, good where the marked ones were drawn by chance. `farOffInDoubtfulFifth` says whether the order is worth anything: by chance it is 0.2.
 */
export function trustTable(marked: readonly TrustedPair[], outOf: number): TrustTable {
	const isFar = ({ teacher, model }: MarkPair) => Math.abs(model - teacher) > farFraction * outOf + same;
	const rows = Array.from({ length: steps + 1 }, (_, step) => rowOf(marked, step / steps, isFar));
	const far = marked.filter(isFar).length;
	return { marked: marked.length, rows, farOffInDoubtfulFifth: far === 0 ? null : farOffAmongDoubtful(marked, isFar) / far };
}

function rowOf(marked: readonly TrustedPair[], threshold: number, isFar: (pair: MarkPair) => boolean): TrustRow {
	// A product of fractions may fall a bit short of the threshold that it is at.
	const accepted = marked.filter(({ confidence }) => confidence >= threshold - 1e-9);
	const errors = accepted.map(({ teacher, model }) => Math.abs(model - teacher));
	return {
		threshold,
		accepted: accepted.length,
		acceptedFraction: marked.length === 0 ? null : accepted.length / marked.length,
		meanAbsoluteError: mean(errors),
		exact: mean(errors.map((error) => (error < same ? 1 : 0))),
		farOff: accepted.filter(isFar).length,
	};
}

/** How many of the fifth with the least confidence are far off; those that share the confidence at its edge count in part. */
function farOffAmongDoubtful(marked: readonly TrustedPair[], isFar: (pair: MarkPair) => boolean): number {
	const size = Math.max(1, Math.round(marked.length / 5));
	const edge = marked.map(({ confidence }) => confidence).sort((a, b) => a - b)[size - 1] ?? 0;
	const below = marked.filter(({ confidence }) => confidence < edge);
	const atEdge = marked.filter(({ confidence }) => confidence === edge);
	return below.filter(isFar).length + ((size - below.length) * atEdge.filter(isFar).length) / atEdge.length;
}

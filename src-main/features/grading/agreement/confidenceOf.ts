import type { Doubt } from '#contract/rubric.ts';

/** What is known of a proposal before anybody looks at it. */
export interface ProposalEvidence {
	/** Of what the model said is in the answer, the fraction that it showed with words that stand there; null where it found nothing. */
	verifiedFraction: number | null;
	/** The probability that the model itself gave its least sure decision, 0 to 1; null where the engine tells none. */
	sureness: number | null;
	/** How far apart two passes put the answer, as a fraction of the points, 0 to 1; null after one pass. */
	passDistance: number | null;
	doubts: readonly Doubt[];
	/** Whether a check decided all of it: the model then only explains. */
	decidedByCheck: boolean;
}

/**
 * What a doubt leaves of the confidence. Words to the marker leave least: whatever the rest says, a person has to look. `quoteMissing` and
 * `passesDiffer` are in the fraction and the distance already, and take a little more for being seen at all.
 */
export const leftBy: Record<Doubt, number> = {
	talksToMarker: 0.2,
	hiddenCharacters: 0.4,
	checkDisagrees: 0.4,
	likeAnswersDiffer: 0.6,
	quoteMissing: 0.9,
	passesDiffer: 0.9,
	wholeJudgement: 0.9,
	checkFoundNone: 0.9,
	checkFoundSeveral: 0.9,
	checkUnitOpen: 0.9,
	checkUnreadable: 0.9,
	checkRounded: 0.9,
};

/** What a model's word is worth where all the evidence is there; a check's is worth 1. */
const modelAtBest = 0.95;
/** Of a proposal that nobody has tried a second time. */
const onePass = 0.8;
/** Nothing was found: nothing to verify, and most often an answer without what was asked for. */
const withoutQuotes = 0.75;
/** What is left where a model thought nothing of its own decision. It is often sure of what is wrong: this puts the unsure first, and little more. */
const unsure = 0.7;

/**
 * How far a proposal can be trusted, from 0 to 1, for the order in which a person looks and for accepting many at once.
 *
 * It is an order, not a probability: what it means for this class, `trustTable` says from the answers that the teacher marked. A check's decision is 1.
 * A model's is 0.95, times 0.3 to 1 by the fraction of its findings that it showed with words of the answer (0.75 without findings), times 1 to
 * 0.2 by the distance of its two passes, straight down until they are 40 % of the points apart (0.8 after one pass), times 0.7 to 1 by how sure it
 * was. Each kind of doubt takes its part of either (`leftBy`), once. More verified, closer passes, a surer model, fewer doubts never give less.
 * Throws a RangeError for a fraction out of 0 to 1.
 */
export function confidenceOf({ verifiedFraction, sureness, passDistance, doubts, decidedByCheck }: ProposalEvidence): number {
	for (const fraction of [verifiedFraction ?? 0, sureness ?? 0, passDistance ?? 0]) {
		if (!(fraction >= 0 && fraction <= 1)) throw new RangeError(`verifiedFraction, sureness and passDistance are from 0 to 1, not ${fraction}.`);
	}
	const ofQuotes = verifiedFraction === null ? withoutQuotes : 0.3 + 0.7 * verifiedFraction;
	const ofPasses = passDistance === null ? onePass : Math.max(0.2, 1 - 2 * passDistance);
	const ofModel = unsure + (1 - unsure) * (sureness ?? 1);
	const evidence = decidedByCheck ? 1 : modelAtBest * ofQuotes * ofPasses * ofModel;
	return [...new Set(doubts)].reduce((left, doubt) => left * leftBy[doubt], evidence);
}

import { addUp, pointsOfScore, scoreOfPoints } from '#contract/addUp.ts';
import type { Question } from '#contract/grading.ts';
import type { CheckResult, Criterion, Doubt, Level, Verdict } from '#contract/rubric.ts';
import { confidenceOf } from './agreement/confidenceOf.ts';
import { findQuote } from './check/findQuote.ts';
import { findTalk } from './check/findTalk.ts';
import { keySentences, sentencesOf, withoutEnd } from './check/keySentences.ts';
import { revealHidden } from './check/revealHidden.ts';
import { isTalkAlone } from './check/withoutTalk.ts';
import type { Look } from './gradeAnswer.ts';
import type { RubricGrade } from './gradeSchema.ts';

/** A proposal, but for who made it and what it cost. */
export interface SettledGrade {
	score: number;
	points: number;
	outOf: number;
	verdicts: Verdict[];
	feedback: string;
	suggestions: string[];
	confidence: number;
	doubts: Doubt[];
	second: { points: number; verdicts: Verdict[] } | null;
	decidedBy: 'model' | 'check';
}

/** A share of the points from which on an answer counts as right in the main. */
const mostlyRight = 0.5;

/**
 * Makes a proposal of what a model said of an answer, once or twice: each quote is looked up in the answer, what the question's check found
 * decides what it can decide, and so does an answer in the very words of the expected one; points are added up from levels and kept in their
 * range, and whatever a person should look at is a doubt. What talks to the marker and does nothing else earns nothing, whatever a model says. Where code
 * decided otherwise than the model, the model's words are left out: they would tell a student what the points do not.
 */
export function settleGrade(question: Question, text: string, checked: CheckResult, first: Look, second: Look | null): SettledGrade {
	const { rubric } = question;
	const isKey = checked.kind === 'unclear' && keySentences(question.key, text).isWhole;
	const finding: CheckResult = isKey ? { kind: 'right', found: text, reason: null } : checked;
	const isNothing = !isKey && isTalkAlone(text);
	const one = isNothing ? worthOfNothing(question, first) : worthOf(question, text, finding, first);
	const other = second && worthOf(question, text, finding, second);
	const { feedback, suggestions } = isNothing || isOverruled(finding, first, one) ? { feedback: '', suggestions: [] } : first.grade;
	const doubts = doubtsOf(question, text, finding, first, one, other);
	const isByCheck = one.verdicts.length === 0 ? isNothing || finding.kind !== 'unclear' : one.verdicts.every(({ decidedBy }) => decidedBy === 'check');
	return {
		...{ score: scoreOfPoints(one.points, question.points), points: one.points, outOf: question.points, verdicts: one.verdicts, feedback, suggestions, doubts },
		confidence: confidenceOf({
			verifiedFraction: verifiedFraction(rubric, one.verdicts),
			sureness: first.sureness,
			passDistance: other && Math.min(1, Math.abs(one.points - other.points) / question.points),
			doubts,
			decidedByCheck: isByCheck,
		}),
		second: other,
		decidedBy: isByCheck ? 'check' : 'model',
	};
}

interface Worth {
	points: number;
	verdicts: Verdict[];
}

function worthOf({ rubric, key, points: outOf }: Question, text: string, finding: CheckResult, { kind, grade }: Look): Worth {
	if (kind === 'whole') return { points: pointsOfScore({ right: 100, wrong: 0, unclear: grade.score }[finding.kind], outOf), verdicts: [] };
	const { said } = keySentences(key, text);
	const verdicts = rubric.map((criterion) => {
		const asked = criterion.kind === 'mustHave' ? [...sentencesOf(criterion.name)] : [];
		const isSaid = asked.length > 0 && asked.every((sentence) => said.has(sentence));
		return verdictOn(criterion, text, isSaid ? { kind: 'right', found: withoutEnd(criterion.name), reason: null } : finding, grade, isSaid);
	});
	return { points: addUp(rubric, verdicts, outOf), verdicts };
}

/** What an answer earns in which there is none: of what it must not have it has nothing either. */
function worthOfNothing({ rubric, points: outOf }: Question, { kind, grade }: Look): Worth {
	if (kind === 'whole') return { points: 0, verdicts: [] };
	const verdicts = rubric.map((criterion): Verdict => {
		const { levelId } = saidOf(criterion, grade);
		const level = levelFor(criterion, criterion.kind === 'mustNotHave' ? 'right' : 'wrong');
		return { criterionId: criterion.id, levelId: level?.id ?? levelId, quote: null, reason: '', place: null, decidedBy: 'check' };
	});
	return { points: addUp(rubric, verdicts, outOf), verdicts };
}

function saidOf({ id }: Criterion, grade: RubricGrade): RubricGrade['criteria'][number] {
	const said = grade.criteria.find(({ criterionId }) => criterionId === id);
	if (!said) throw new Error(`there is no verdict on the criterion ${id}`);
	return said;
}

function verdictOn(criterion: Criterion, text: string, finding: CheckResult, grade: RubricGrade, isSaid: boolean): Verdict {
	const said = saidOf(criterion, grade);
	const checked = isSaid ? levelFor(criterion, 'right') : checkedLevel(criterion, finding);
	const quote = checked ? finding.found || null : said.quote;
	const levelId = checked?.id ?? said.levelId;
	const verdict = { criterionId: criterion.id, levelId, quote, reason: levelId === said.levelId ? said.reason : '' };
	return { ...verdict, place: quote === null ? null : findQuote(text, quote), decidedBy: checked ? 'check' : 'model' };
}

/** The level that a check decides on: the one that earns most for a right result, least for a wrong one, in whatever order they stand. */
function checkedLevel(criterion: Criterion, { kind }: CheckResult): Level | undefined {
	if (!criterion.byCheck || criterion.kind === 'mustNotHave' || kind === 'unclear') return undefined;
	return levelFor(criterion, kind);
}

function levelFor({ levels }: Criterion, kind: 'right' | 'wrong'): Level | undefined {
	const ranked = levels.toSorted((a, b) => b.points - a.points);
	return kind === 'right' ? ranked[0] : ranked.at(-1);
}

/**
 * The same proposal for an answer that differs in nothing but spacing: its quotes stand elsewhere in it, and it may hide other characters.
 */
export function settleLike(settled: SettledGrade, text: string): SettledGrade {
	const verdicts = settled.verdicts.map((verdict) => ({ ...verdict, place: verdict.quote === null ? null : findQuote(text, verdict.quote) }));
	// Whether like answers got something else is found out when all have been graded.
	const own: Doubt[] = ['talksToMarker', 'hiddenCharacters', 'likeAnswersDiffer'];
	return { ...settled, verdicts, doubts: [...doubtsOfText(text), ...settled.doubts.filter((doubt) => !own.includes(doubt))] };
}

function doubtsOfText(text: string): Doubt[] {
	const doubts: Doubt[] = [];
	if (findTalk(text).length > 0) doubts.push('talksToMarker');
	if (revealHidden(text) !== text) doubts.push('hiddenCharacters');
	return doubts;
}

function doubtsOf(question: Question, text: string, finding: CheckResult, first: Look, one: Worth, other: Worth | null): Doubt[] {
	const { rubric, points } = question;
	const doubts = doubtsOfText(text);
	if (one.verdicts.some((verdict) => lacksQuote(rubric, verdict))) doubts.push('quoteMissing');
	if (other && differ(one, other)) doubts.push('passesDiffer');
	if (contradicts(finding, first, one, points)) doubts.push('checkDisagrees');
	const open = undecidedBy(question, finding);
	if (open) doubts.push(open);
	if (first.kind === 'whole' && finding.kind === 'unclear') doubts.push('wholeJudgement');
	return doubts;
}

const undecided: Record<NonNullable<CheckResult['reason']>, Doubt> = {
	...{ notFound: 'checkFoundNone', severalFound: 'checkFoundSeveral', unit: 'checkUnitOpen', unitMissing: 'checkUnitOpen' },
	...{ significantFigures: 'checkUnreadable', unreadable: 'checkUnreadable', rounded: 'checkRounded' },
};

/** Why the check left to the model what it was to decide; null where it decided, or was asked nothing. */
function undecidedBy({ check, rubric }: Question, { kind, reason }: CheckResult): Doubt | null {
	const isAsked = check.kind !== 'none' && (rubric.length === 0 || rubric.some(({ byCheck }) => byCheck));
	return isAsked && kind === 'unclear' ? undecided[reason ?? 'unreadable'] : null;
}

/** Of what the model said is there, the fraction that it showed with words of the answer; null where it found nothing there. */
function verifiedFraction(rubric: readonly Criterion[], verdicts: readonly Verdict[]): number | null {
	const shown = verdicts.filter((verdict) => verdict.decidedBy === 'model' && needsEvidence(rubric, verdict));
	return shown.length === 0 ? null : shown.filter(({ place }) => place !== null).length / shown.length;
}

/** Whether a level says that something is there: one that earns more than the lowest, or for what must not be there less than the highest. */
function needsEvidence(rubric: readonly Criterion[], { criterionId, levelId }: Verdict): boolean {
	const criterion = rubric.find(({ id }) => id === criterionId);
	if (!criterion) return false;
	const points = criterion.levels.map((level) => level.points);
	const chosen = criterion.levels.find(({ id }) => id === levelId)?.points ?? 0;
	return criterion.kind === 'mustNotHave' ? chosen < Math.max(...points) : chosen > Math.min(...points);
}

/** A quote that is not in the answer; or none for a level that earns more than the lowest of its criterion does. */
function lacksQuote(rubric: readonly Criterion[], verdict: Verdict): boolean {
	const { criterionId, quote, place, decidedBy } = verdict;
	if (decidedBy === 'check' || place !== null) return false;
	const isForbidden = rubric.find(({ id }) => id === criterionId)?.kind === 'mustNotHave';
	return quote !== null || (!isForbidden && needsEvidence(rubric, verdict));
}

function differ(one: Worth, other: Worth): boolean {
	return one.points !== other.points || one.verdicts.some(({ levelId }, at) => levelId !== other.verdicts[at]?.levelId);
}

/** Whether code decided otherwise than the model: on a criterion, or on an answer that is judged as a whole. */
function isOverruled(finding: CheckResult, first: Look, { verdicts }: Worth): boolean {
	if (first.kind === 'whole') return isOtherwise(finding, first.grade.score / 100);
	return first.grade.criteria.some(({ criterionId, levelId }) => verdicts.some((each) => each.criterionId === criterionId && each.levelId !== levelId));
}

/** The model took for right what the check found to be wrong, or the other way round. */
function contradicts(finding: CheckResult, first: Look, one: Worth, outOf: number): boolean {
	return isOtherwise(finding, first.kind === 'whole' ? first.grade.score / 100 : one.points / outOf);
}

function isOtherwise({ kind }: CheckResult, saidFraction: number): boolean {
	if (kind === 'unclear') return false;
	return kind === 'right' ? saidFraction < mostlyRight : saidFraction > mostlyRight;
}

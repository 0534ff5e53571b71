import { breachesOf } from '#contract/breachesOf.ts';
import type { ReadingRules } from '#contract/readingRules.ts';
import type { Finding, FindingKind, ReportCue, ReportedCue } from './Finding.ts';
import { learnNames } from './learnNames.ts';
import { type LookAtTexts, lookAtTexts, type TextBasis } from './lookAtTexts.ts';
import { riskOf, sharesOf } from './riskOf.ts';
import { lowConfidences, unlikeRatios } from './unlikeCues.ts';
import { isUntranslated } from './untranslated.ts';

/** What a report is made by. */
export interface ReportBasis extends TextBasis {
	rules: ReadingRules;
	/** Frames per second of the film. */
	fps: number;
}

export interface QualityReport {
	/** How many cues were looked at, and how many are approved. */
	cues: number;
	approved: number;
	/** How many cues each kind of finding was made in; kinds without any are left out. */
	counts: Partial<Record<FindingKind, number>>;
	/** Those with a finding, the riskiest first, then in the order of the film. */
	reported: ReportedCue[];
}

/**
 * Looks through a translation for what a person should look at first.
 *
 * Real files break the rules of reading in a third to half of their cues, so that a list of breaches helps nobody: findings are counted and
 * cues ranked (riskOf.ts). The same cues give the same report; none of it changes a cue.
 */
export function qualityReport(cues: readonly ReportCue[], basis: ReportBasis): QualityReport {
	const ordered = cues.map((cue, at) => ({ cue, at })).sort((a, b) => a.cue.startMs - b.cue.startMs || a.at - b.at);
	const inOrder = ordered.map(({ cue }) => cue);
	const found = findingsOf(inOrder, basis);
	const shares = sharesOf(found);
	const reported = inOrder
		.map((cue, at): ReportedCue => ({ cue, findings: found[at] ?? [], risk: riskOf(found[at] ?? [], shares, cue.isApproved) }))
		.filter(({ findings }) => findings.length > 0)
		.sort((a, b) => b.risk - a.risk);
	const counts: QualityReport['counts'] = {};
	for (const { findings } of reported) for (const kind of new Set(findings.map((one) => one.kind))) counts[kind] = (counts[kind] ?? 0) + 1;
	return { cues: cues.length, approved: cues.filter(({ isApproved }) => isApproved).length, counts, reported };
}

/** What was found in each cue, of cues in the order of the film. */
function findingsOf(cues: readonly ReportCue[], basis: ReportBasis): Finding[][] {
	const look = lookAtTexts(basis);
	const found = cues.map((cue, at) => ownFindings(cue, cues[at + 1] ?? null, basis, look));
	const add = (at: number, finding: Finding) => found[at]?.push(finding);
	for (const { at, name, usual } of learnNames(cues, basis.sourceLanguage)) add(at, { kind: 'name', name, usual });
	for (const { at, measured, usual } of unlikeRatios(cues)) add(at, { kind: 'ratio', measured, usual });
	for (const { at, measured } of lowConfidences(cues)) add(at, { kind: 'confidence', measured });
	return found.map(withoutRepeats);
}

/** What can be told of a cue by itself. One without a translation breaks no rule of reading yet. */
function ownFindings(cue: ReportCue, next: ReportCue | null, basis: ReportBasis, look: LookAtTexts): Finding[] {
	if (isUntranslated(cue)) return [{ kind: 'untranslated' }];
	return [
		...look(cue),
		...cue.tagFaults.map(({ what, tag }): Finding => ({ kind: 'tag', what, tag })),
		...breachesOf({ ...cue, text: cue.target }, next, basis.rules, basis.fps).map((breach): Finding => ({ kind: 'rule', breach })),
	];
}

function withoutRepeats(findings: readonly Finding[]): Finding[] {
	return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}

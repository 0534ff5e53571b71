import type { Breach } from '#contract/breachesOf.ts';
import type { Finding } from './Finding.ts';

/**
 * How much each finding counts at its worst, as the share of such cues that a person would change: an order of ours, by what a viewer loses.
 * Words that are missing or wrong come before what is only hard to read; what is merely unusual comes last.
 */
const weights: Record<Exclude<Finding['kind'], 'rule'>, number> = {
	untranslated: 0.95,
	language: 0.9,
	tag: 0.75,
	numbers: 0.7,
	addresses: 0.7,
	glossary: 0.6,
	identical: 0.6,
	name: 0.45,
	ratio: 0.4,
	confidence: 0.4,
};
const breachWeights: Record<Breach['kind'], number> = {
	...{ endBeforeStart: 0.5, overlap: 0.35, cps: 0.3, lines: 0.25, cpl: 0.2, tooShort: 0.15, tooLong: 0.1, gap: 0.05 },
};
/** What a person has approved comes after what nobody has seen. */
const approvedFactor = 0.25;
/** A finding that every cue has still counts a little. */
const leastRarity = 0.1;

/** What share of all cues has each finding: the key is the kind, or of a rule the rule. */
export type FindingShares = ReadonlyMap<string, number>;

/** Counts in how many of the cues each kind of finding was made, as a share. */
export function sharesOf(found: readonly (readonly Finding[])[]): FindingShares {
	const counts = new Map<string, number>();
	for (const findings of found) for (const key of new Set(findings.map(keyOf))) counts.set(key, (counts.get(key) ?? 0) + 1);
	return new Map(Array.from(counts, ([key, count]) => [key, count / found.length]));
}

/**
 * How likely it is that a person will change a cue, 0 to 1, for sorting alone.
 *
 * Findings add up as if each were right by itself: 1 − Π(1 − weight × severity × rarity). Severity is how far a limit is passed (half as much
 * again is the worst). Rarity is the share of cues without such a finding: in a project where half of all lines are too long, one more says little.
 * It leaves out what is wrong however many have it (numbers, tags, terms, words not translated).
 */
export function riskOf(findings: readonly Finding[], shares: FindingShares, isApproved: boolean): number {
	const right = findings.reduce((left, finding) => left * (1 - weightOf(finding) * rarityOf(finding, shares)), 1);
	return Math.round((1 - right) * (isApproved ? approvedFactor : 1) * 1000) / 1000;
}

function weightOf(finding: Finding): number {
	if (finding.kind !== 'rule') return weights[finding.kind] * severityOf(finding);
	const { kind, measured, limit } = finding.breach;
	const isUnder = kind === 'tooShort' || kind === 'gap';
	const beyond = limit === 0 ? 1 : isUnder ? (limit - measured) / limit : measured / limit - 1;
	return breachWeights[kind] * between(0.2, beyond * 2, 1);
}

function severityOf(finding: Exclude<Finding, { kind: 'rule' }>): number {
	if (finding.kind === 'confidence') return between(0.3, -finding.measured / 2, 1);
	if (finding.kind === 'ratio') return between(0.4, Math.abs(Math.log(finding.measured / Math.max(0.01, finding.usual))) / Math.log(6), 1);
	return 1;
}

function rarityOf(finding: Finding, shares: FindingShares): number {
	const isSoft = finding.kind === 'rule' || finding.kind === 'name' || finding.kind === 'ratio' || finding.kind === 'confidence';
	return isSoft ? Math.max(leastRarity, 1 - (shares.get(keyOf(finding)) ?? 0)) : 1;
}

function keyOf(finding: Finding): string {
	return finding.kind === 'rule' ? `rule ${finding.breach.kind}` : finding.kind;
}

function between(least: number, value: number, most: number): number {
	return Math.min(most, Math.max(least, value));
}

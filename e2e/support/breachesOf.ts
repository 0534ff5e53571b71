import type { Page } from '@playwright/test';
import axe from 'axe-core';

/** WCAG 2.2 up to AA, and what axe counts as good practice beside it. */
const options: axe.RunOptions = {
	runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
	resultTypes: ['violations'],
	// Still an experiment of theirs: it takes initials, key hints and figures for words of the label.
	rules: { 'label-content-name-mismatch': { enabled: false } },
};

/** What is opened over a page stands in none of its regions. */
const partly: axe.RunOptions = { ...options, rules: { ...options.rules, region: { enabled: false } } };

/** What colours alone decide: all that another theme can breach. */
const ofColours: axe.RunOptions = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }, resultTypes: ['violations'] };

/** What axe finds wrong with what is on the page now, or with what `within` finds there: a line each, with the rule, where it is and why. */
export function breachesOf(page: Page, within: string | null = null): Promise<string[]> {
	return examine(page, within ?? 'html', within === null ? options : partly);
}

/** The same of its colours alone, for a page that `breachesOf` has seen in another theme. */
export function breachesOfColours(page: Page): Promise<string[]> {
	return examine(page, 'html', ofColours);
}

async function examine(page: Page, within: string, how: axe.RunOptions): Promise<string[]> {
	// Evaluated, as the page's policy lets no script be added.
	if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
	const { violations } = await page.evaluate<axe.AxeResults>(`axe.run(${JSON.stringify(within)}, ${JSON.stringify(how)})`);
	return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${reason(failureSummary)}`));
}

function reason(summary: string | undefined): string {
	return (summary ?? '').split('\n').slice(1, 3).join(' ').trim();
}

import type { Unsettled } from '#contract/classReport.ts';

type SentenceName = 'openStay' | 'unmarked' | 'openGoOut' | 'openOutdated' | 'openUnproposed';

/** What is said of the answers without a mark, by the names of the sentences in the locales, with the number in each. */
export function unsettledSentences({ answers, proposed, outdated }: Unsettled, withProposals: boolean): [SentenceName, number][] {
	if (!withProposals) return [['openStay', answers]];
	const sentences: [SentenceName, number][] = [
		['openGoOut', proposed],
		['openOutdated', outdated],
		['openUnproposed', answers - proposed - outdated],
	];
	return [['unmarked', answers], ...sentences.filter(([, count]) => count > 0)];
}

import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../rpc/client.ts';
import { useFormat } from '../../ui/format.ts';
import { unsettledSentences } from './unsettledSentences.ts';
import { useReport } from './useReport.ts';

/** Says how many answers have no mark, and what of them an export gives out: counted where the file is written, by its own rule. */
export function UnsettledWords({ assignmentId, withProposals }: { assignmentId: string; withProposals: boolean }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const ask = useMemo(() => (signal: AbortSignal) => client.grading.unsettled({ assignmentId }, { signal }), [assignmentId]);
	const { value } = useReport(ask);
	return (
		value &&
		unsettledSentences(value, withProposals)
			.map(([name, count]) => t(`export.${name}`, { answers: format.number(count) }))
			.join(' ')
	);
}

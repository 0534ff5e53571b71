import Typography from '@mui/material/Typography';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../rpc/client.ts';
import { useFormat } from '../../ui/format.ts';
import { useReport } from './useReport.ts';

/** What accepting from a confidence on would have meant for the answers that the teacher marked before. */
export function BulkTrust({ assignmentId, questionId, leastConfidence }: { assignmentId: string; questionId: string; leastConfidence: number }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const ask = useCallback((signal: AbortSignal) => client.grading.agreement({ assignmentId, questionId }, { signal }), [assignmentId, questionId]);
	const { value } = useReport(ask);
	const row = value?.trust.rows.findLast(({ threshold }) => threshold <= leastConfidence + 1e-9);
	const words = () => {
		if (!value || !row) return '';
		if (value.trust.marked === 0) return t('desk.accept.untested');
		const marked = format.number(value.trust.marked);
		if (row.meanAbsoluteError === null || row.exact === null) return t('desk.accept.testedNone', { marked });
		const error = format.number(row.meanAbsoluteError, 2);
		return t('desk.accept.tested', { marked, accepted: format.number(row.accepted), exact: format.percent(row.exact), error, far: format.number(row.farOff) });
	};
	return (
		<Typography
			variant="caption"
			role="status"
			sx={{ flexBasis: '100%', minHeight: 18, fontVariantNumeric: 'tabular-nums', color: row && row.farOff > 0 ? 'warning.main' : 'text.secondary' }}
		>
			{words()}
		</Typography>
	);
}

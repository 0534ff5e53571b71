import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { useTranslation } from 'react-i18next';
import type { CriterionAgreement, Figure } from '#contract/agreement.ts';
import type { Rubric } from '#contract/rubric.ts';
import { useFormat } from '../../ui/format.ts';
import { leaningOf } from './agreementWords.ts';
import { useIntervalWords } from './useIntervalWords.ts';

/** How well the levels agree, criterion by criterion. */
export function CriteriaTable({ rubric, criteria }: { rubric: Rubric; criteria: CriterionAgreement[] }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const words = useIntervalWords();
	const cell = (figure: Figure, kind: 'percent' | 'number') => (
		<TableCell align="right" title={words.range(figure, kind)} sx={{ fontVariantNumeric: 'tabular-nums' }}>
			{words.value(figure, kind)}
		</TableCell>
	);
	const rows = rubric.flatMap((criterion) => {
		const found = criteria.find(({ criterionId }) => criterionId === criterion.id);
		return found ? [{ criterion, agreement: found.agreement }] : [];
	});
	return (
		<Table size="small" aria-label={t('agreement.criteria.title')}>
			<TableHead>
				<TableRow>
					<TableCell>{t('agreement.criteria.criterion')}</TableCell>
					<TableCell align="right">{t('agreement.criteria.count')}</TableCell>
					<TableCell align="right">{t('agreement.names.exactLevel')}</TableCell>
					<TableCell align="right">{t('agreement.names.adjacentLevel')}</TableCell>
					<TableCell align="right">{t('agreement.names.qwk')}</TableCell>
					<TableCell>{t('agreement.names.bias')}</TableCell>
				</TableRow>
			</TableHead>
			<TableBody>
				{rows.map(({ criterion, agreement }) => (
					<TableRow key={criterion.id}>
						<TableCell dir="auto" sx={{ overflowWrap: 'anywhere' }}>
							{criterion.name}
						</TableCell>
						<TableCell align="right">{format.number(agreement.count)}</TableCell>
						{cell(agreement.exact, 'percent')}
						{criterion.levels.length > 2 ? cell(agreement.adjacent, 'percent') : <TableCell align="right">–</TableCell>}
						{cell(agreement.qwk, 'number')}
						<TableCell>{t(`agreement.leaning.${leaningOf(agreement, criterion.levels.length - 1)}`)}</TableCell>
					</TableRow>
				))}
			</TableBody>
		</Table>
	);
}

import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import type { DatasetProblem } from '#contract/finetune.ts';
import { excerptOf } from '../../ui/excerptOf.ts';
import { useFormat } from '../../ui/format.ts';
import { ProblemList } from '../../ui/ProblemList.tsx';

/** What was left out of a source, whole files by name, all else by row and field, and why. `total`: how many rows there are, shown or not. */
export function DatasetProblems({ problems, total, maxHeight = 240 }: { problems: readonly DatasetProblem[]; total: number; maxHeight?: number }) {
	const { t } = useTranslation('finetune');
	const format = useFormat();
	if (problems.length === 0) return null;
	const place = ({ row, field }: DatasetProblem) => {
		if (row === null) return excerptOf(field ?? '');
		return field === null ? t('datasets.row', { row: format.number(row) }) : t('datasets.rowField', { row: format.number(row), field: excerptOf(field) });
	};
	const words = ({ code, detail }: DatasetProblem) => {
		if (code === 'duplicate' && detail !== '') return t('datasets.problems.duplicateOf', { row: detail });
		const problem = t(`datasets.problems.${code}`);
		return detail === '' ? problem : t('datasets.problems.found', { problem, detail: excerptOf(detail) });
	};
	const files = problems.filter(({ row }) => row === null);
	const rows = problems.filter(({ row }) => row !== null);
	// Read once and never reordered: several rows may have the same problem.
	const listed = (shown: DatasetProblem[]) => shown.map((problem, index) => ({ key: `${index} ${problem.row}`, place: place(problem), words: words(problem) }));
	return (
		<Box sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
			{files.length > 0 && (
				<ProblemList
					title={t('datasets.problems.titleFiles', { count: files.length, number: format.number(files.length) })}
					problems={listed(files)}
					maxHeight={maxHeight}
				/>
			)}
			{rows.length > 0 && (
				<ProblemList
					title={t('datasets.problems.title', { count: total, number: format.number(total) })}
					problems={listed(rows)}
					more={total > rows.length ? t('datasets.problems.more', { number: format.number(total - rows.length) }) : null}
					maxHeight={maxHeight}
				/>
			)}
		</Box>
	);
}

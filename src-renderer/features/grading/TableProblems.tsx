import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import type { TableProblem } from '#contract/grading.ts';
import { useFormat } from '../../ui/format.ts';
import { ProblemList } from '../../ui/ProblemList.tsx';

const mostShown = 50;

/** What is odd in the table, by row and column, with what will become of it. */
export function TableProblems({ problems }: { problems: TableProblem[] }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	if (problems.length === 0) return <Typography sx={{ color: 'text.secondary' }}>{t('problems.none')}</Typography>;
	const place = ({ row, column }: TableProblem) =>
		column === null ? t('problems.row', { row: format.number(row) }) : t('problems.rowColumn', { row: format.number(row), column });
	return (
		<ProblemList
			title={t('problems.title', { problems: format.number(problems.length) })}
			problems={problems.slice(0, mostShown).map((problem) => ({
				key: `${problem.row} ${problem.column} ${problem.code}`,
				place: place(problem),
				words: t(`problems.${problem.code}`, { detail: problem.detail }),
			}))}
			more={problems.length > mostShown ? t('problems.more', { problems: format.number(problems.length - mostShown) }) : null}
		/>
	);
}

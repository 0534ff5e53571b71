import WarningIcon from '@mui/icons-material/WarningAmberOutlined';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import type { TableProblem } from '#contract/grading.ts';
import { useFormat } from '../../ui/format.ts';

const mostShown = 50;

/** What is odd in the table, by row and column, with what will become of it. */
export function TableProblems({ problems }: { problems: TableProblem[] }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	if (problems.length === 0) return <Typography sx={{ color: 'text.secondary' }}>{t('problems.none')}</Typography>;
	const place = ({ row, column }: TableProblem) =>
		column === null ? t('problems.row', { row: format.number(row) }) : t('problems.rowColumn', { row: format.number(row), column });
	return (
		<Box>
			<Typography variant="h2" sx={{ display: 'flex', alignItems: 'center', gap: 1, mb: 0.5 }}>
				<WarningIcon fontSize="small" sx={{ color: 'warning.main' }} />
				{t('problems.title', { problems: format.number(problems.length) })}
			</Typography>
			<Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none', maxHeight: 200, overflow: 'auto' }}>
				{problems.slice(0, mostShown).map((problem) => (
					<Box
						component="li"
						key={`${problem.row} ${problem.column} ${problem.code}`}
						sx={{ display: 'flex', gap: 1.5, py: 0.25, fontVariantNumeric: 'tabular-nums' }}
					>
						<Typography sx={{ color: 'text.secondary', flex: 'none', minWidth: 120 }}>{place(problem)}</Typography>
						<Typography dir="auto" sx={{ overflowWrap: 'anywhere', minWidth: 0 }}>
							{t(`problems.${problem.code}`, { detail: problem.detail })}
						</Typography>
					</Box>
				))}
			</Box>
			{problems.length > mostShown && (
				<Typography sx={{ color: 'text.secondary' }}>{t('problems.more', { problems: format.number(problems.length - mostShown) })}</Typography>
			)}
		</Box>
	);
}

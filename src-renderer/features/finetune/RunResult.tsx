import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Run } from '#contract/finetune.ts';
import { Term, type TermName } from '../../ui/Term.tsx';
import { Comparisons } from './Comparisons.tsx';
import { resultRows } from './resultRows.ts';
import { useResultWords } from './useResultWords.ts';

/** Measures whose names are words of the field. */
const terms: Record<string, TermName> = { meanError: 'meanError', chrf: 'chrf', validationLoss: 'heldOut', forgetting: 'forgetting' };

/** What came of a run: the scores before and after, what is forgotten and refused, and the held-out examples side by side. */
export function RunResult({ run }: { run: Run }) {
	const { t } = useTranslation('finetune');
	const titleId = useId();
	const words = useResultWords();
	if (run.outcome === null) return null;
	const rows = resultRows(run.outcome);
	return (
		<Box component="section" aria-labelledby={titleId} sx={{ mb: 3 }}>
			<Typography id={titleId} variant="h2" sx={{ mb: 1 }}>
				{t('run.result')}
			</Typography>
			<Paper variant="outlined" sx={{ overflow: 'hidden' }}>
				<Table aria-labelledby={titleId}>
					<TableHead>
						<TableRow>
							<TableCell>{words.scope(run)}</TableCell>
							<TableCell align="right">{t('result.before')}</TableCell>
							<TableCell align="right">{t('result.after')}</TableCell>
							<TableCell component="td" sx={{ width: '40%' }} />
						</TableRow>
					</TableHead>
					<TableBody sx={{ '& tr:last-of-type > *': { borderBottom: 0 } }}>
						{rows.map((row) => (
							<TableRow key={row.name}>
								<TableCell role="rowheader">
									<Named name={row.name} />
								</TableCell>
								<TableCell align="right">{words.value(row, row.before)}</TableCell>
								<TableCell align="right" sx={{ fontWeight: 600 }}>
									{words.value(row, row.after)}
								</TableCell>
								<TableCell sx={{ color: row.trend === 'worse' ? 'warning.main' : row.trend === 'better' ? 'success.main' : 'text.secondary' }}>
									{t(`result.trend.${row.trend}`)}
								</TableCell>
							</TableRow>
						))}
					</TableBody>
				</Table>
			</Paper>
			<Comparisons run={run} />
		</Box>
	);
}

function Named({ name }: { name: ReturnType<typeof resultRows>[number]['name'] }) {
	const { t } = useTranslation('finetune');
	const words = t(`result.names.${name}`);
	const term = terms[name];
	return term ? <Term name={term}>{words}</Term> : words;
}

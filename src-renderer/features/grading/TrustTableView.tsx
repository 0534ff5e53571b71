import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import type { TrustTable } from '#contract/agreement.ts';
import { useFormat } from '../../ui/format.ts';
import { Term } from '../../ui/Term.tsx';

const shownThresholds = [0, 0.5, 0.6, 0.7, 0.8, 0.9];

/** What accepting from a confidence on would have meant for the marked answers. */
export function TrustTableView({ trust }: { trust: TrustTable }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const rows = trust.rows.filter(({ threshold }) => shownThresholds.some((shown) => Math.abs(shown - threshold) < 1e-9));
	return (
		<Box sx={{ overflowX: 'auto' }}>
			<Table size="small" aria-label={t('agreement.trust.title')} sx={{ '& td': { fontVariantNumeric: 'tabular-nums' } }}>
				<TableHead>
					<TableRow>
						<TableCell>
							<Term name="confidence">{t('agreement.trust.from')}</Term>
						</TableCell>
						<TableCell align="right">{t('agreement.trust.accepted')}</TableCell>
						<TableCell align="right">{t('agreement.names.exact')}</TableCell>
						<TableCell align="right">{t('agreement.names.error')}</TableCell>
						<TableCell align="right">{t('agreement.trust.farOff')}</TableCell>
					</TableRow>
				</TableHead>
				<TableBody>
					{rows.map((row) => (
						<TableRow key={row.threshold}>
							<TableCell>{format.percent(row.threshold)}</TableCell>
							<TableCell align="right">{t('agreement.trust.of', { accepted: format.number(row.accepted), marked: format.number(trust.marked) })}</TableCell>
							<TableCell align="right">{row.exact === null ? '–' : format.percent(row.exact)}</TableCell>
							<TableCell align="right">{row.meanAbsoluteError === null ? '–' : format.number(row.meanAbsoluteError, 2)}</TableCell>
							<TableCell align="right" sx={{ color: row.farOff > 0 ? 'warning.main' : undefined }}>
								{format.number(row.farOff)}
							</TableCell>
						</TableRow>
					))}
				</TableBody>
			</Table>
			{trust.farOffInDoubtfulFifth !== null && (
				<Typography variant="caption" component="p" sx={{ m: 0, p: 2, color: 'text.secondary' }}>
					{t('agreement.trust.fifth', { percent: format.percent(trust.farOffInDoubtfulFifth) })}
				</Typography>
			)}
		</Box>
	);
}

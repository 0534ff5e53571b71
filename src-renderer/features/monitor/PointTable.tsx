import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { useTranslation } from 'react-i18next';
import type { Counted, History } from '#contract/monitor.ts';
import { useFormat } from '../../ui/format.ts';
import { formatStep } from './formatStep.ts';

/** The numbers of the drawings, the newest first, for reading and copying. Steps in which nothing came are left out. */
export function PointTable({ history, counted }: { history: History; counted: Counted }) {
	const { t, i18n } = useTranslation('monitor');
	const format = useFormat();
	const isAnswers = counted === 'answers';
	const rows = history.points.filter(({ count }) => count > 0).toReversed();
	const duration = (ms: number | undefined) => (ms === undefined ? '–' : format.duration(ms));
	return (
		<Box component="details" sx={{ mb: 3 }}>
			<Box component="summary" sx={{ cursor: 'pointer', color: 'text.secondary', width: 'fit-content' }}>
				{t('asTable')}
			</Box>
			<Box sx={{ mt: 1, maxHeight: 480, overflow: 'auto' }} tabIndex={0} role="region" aria-label={t('asTable')}>
				<Table stickyHeader sx={{ '& td, & th': { whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' } }}>
					<TableHead>
						<TableRow>
							<TableCell>{t('column.at')}</TableCell>
							<TableCell align="right">{t(`column.${counted}`)}</TableCell>
							<TableCell align="right">{t('column.errors')}</TableCell>
							<TableCell align="right">{t(isAnswers ? 'column.firstWord' : 'column.took')}</TableCell>
							<TableCell align="right">{t('column.p95')}</TableCell>
							<TableCell align="right">{t('column.p99')}</TableCell>
							<TableCell align="right">{t('column.prompt')}</TableCell>
							<TableCell align="right">{t('column.completion')}</TableCell>
						</TableRow>
					</TableHead>
					<TableBody sx={{ '& tr:last-of-type td': { borderBottom: 0 } }}>
						{rows.map((point) => {
							const latency = isAnswers ? point.firstTokenMs : point.tookMs;
							return (
								<TableRow key={point.at}>
									<TableCell component="th" scope="row">
										{formatStep(point.at, history.stepMs, i18n.language, true)}
									</TableCell>
									<TableCell align="right">{format.number(point.count)}</TableCell>
									<TableCell align="right">{format.number(point.errors)}</TableCell>
									<TableCell align="right">{duration(latency?.p50)}</TableCell>
									<TableCell align="right">{duration(latency?.p95)}</TableCell>
									<TableCell align="right">{duration(latency?.p99)}</TableCell>
									<TableCell align="right">{format.number(point.promptTokens)}</TableCell>
									<TableCell align="right">{format.number(point.completionTokens)}</TableCell>
								</TableRow>
							);
						})}
					</TableBody>
				</Table>
			</Box>
		</Box>
	);
}

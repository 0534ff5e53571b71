import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { useTranslation } from 'react-i18next';
import type { ColumnSeries } from '../../ui/Columns.tsx';
import { useFormat } from '../../ui/format.ts';
import type { Buckets } from './arrangeUse.ts';
import { formatBucket } from './formatBucket.ts';

/** The numbers of the drawing, the newest first, for reading and copying. What had no use is left out. */
export function UseTable({ series, buckets }: { series: readonly ColumnSeries[]; buckets: Buckets }) {
	const { t, i18n } = useTranslation('ledger');
	const format = useFormat();
	const rows = buckets.names
		.map((name, index) => ({ name, tokens: series.map((part) => part.values[index] ?? 0) }))
		.filter(({ tokens }) => tokens.some((value) => value > 0))
		.reverse();
	return (
		<Box component="details" sx={{ mt: 1 }}>
			<Box component="summary" sx={{ cursor: 'pointer', color: 'text.secondary', width: 'fit-content' }}>
				{t('use.asTable')}
			</Box>
			<Box sx={{ mt: 1, maxHeight: 480, overflow: 'auto' }} tabIndex={0} role="region" aria-label={t('use.asTable')}>
				<Table stickyHeader>
					<TableHead>
						<TableRow>
							<TableCell>{t(buckets.unit === 'day' ? 'use.day' : 'use.month')}</TableCell>
							{series.map(({ id, name }) => (
								<TableCell key={id} align="right">
									{name}
								</TableCell>
							))}
							<TableCell align="right">{t('use.all')}</TableCell>
						</TableRow>
					</TableHead>
					<TableBody sx={{ '& tr:last-of-type td': { borderBottom: 0 } }}>
						{rows.map(({ name, tokens }) => (
							<TableRow key={name}>
								<TableCell component="th" scope="row">
									{formatBucket(name, i18n.language)}
								</TableCell>
								{series.map(({ id }, index) => (
									<TableCell key={id} align="right">
										{format.number(tokens[index] ?? 0)}
									</TableCell>
								))}
								<TableCell align="right">{format.number(tokens.reduce((sum, value) => sum + value, 0))}</TableCell>
							</TableRow>
						))}
					</TableBody>
				</Table>
			</Box>
		</Box>
	);
}

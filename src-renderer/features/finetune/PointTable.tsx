import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunPoint } from '#contract/finetune.ts';
import { useFormat } from '../../ui/format.ts';
import { thinPoints } from './thinPoints.ts';

const mostRows = 100;

/** The figures of the curves, the newest first, for reading and copying. Of many steps the ones that measured are there, and some between. */
export function PointTable({ points, title }: { points: readonly RunPoint[]; title: string }) {
	const { t } = useTranslation('finetune');
	const format = useFormat();
	const [isOpen, setOpen] = useState(false);
	// Rows that nobody sees need not follow every step.
	const rows = isOpen ? thinPoints(points, mostRows).reverse() : [];
	const number = (value: number | null, digits: number) => (value === null ? '' : format.number(value, digits));
	return (
		<Box component="details" sx={{ mt: 1 }} onToggle={(event) => setOpen(event.currentTarget.open)}>
			<Box component="summary" sx={{ cursor: 'pointer', color: 'text.secondary', width: 'fit-content' }}>
				{t('run.table.show')}
			</Box>
			<Box sx={{ mt: 1, maxHeight: 400, overflow: 'auto' }} tabIndex={0} role="region" aria-label={t('run.table.show')}>
				<Table stickyHeader aria-label={title}>
					<TableHead>
						<TableRow>
							<TableCell>{t('run.curves.step')}</TableCell>
							<TableCell align="right">{t('run.curves.raw')}</TableCell>
							<TableCell align="right">{t('run.curves.validation')}</TableCell>
							<TableCell align="right">{t('run.curves.forgetting')}</TableCell>
							<TableCell align="right">{t('run.table.rate')}</TableCell>
							<TableCell align="right">{t('run.curves.speed')}</TableCell>
							<TableCell align="right">{t('run.curves.memory')}</TableCell>
						</TableRow>
					</TableHead>
					<TableBody sx={{ '& tr:last-of-type td': { borderBottom: 0 } }}>
						{rows.map((point) => (
							<TableRow key={point.step}>
								<TableCell role="rowheader">{format.number(point.step)}</TableCell>
								<TableCell align="right">{number(point.loss, 4)}</TableCell>
								<TableCell align="right">{number(point.validationLoss, 4)}</TableCell>
								<TableCell align="right">{number(point.forgetting, 3)}</TableCell>
								<TableCell align="right">{number(point.learningRate, 7)}</TableCell>
								<TableCell align="right">{number(point.tokensPerSecond, 0)}</TableCell>
								<TableCell align="right">{point.memoryBytes === null ? '' : format.bytes(point.memoryBytes + (point.vramBytes ?? 0))}</TableCell>
							</TableRow>
						))}
					</TableBody>
				</Table>
			</Box>
		</Box>
	);
}

import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import type { TablePreview } from '#contract/grading.ts';
import { useFormat } from '../../ui/format.ts';
import { useNewAssignment } from './newAssignmentStore.ts';

const cellCharacters = 160;

/** The first rows of the table as they were read, with the columns that are used marked. */
export function SampleRows({ preview }: { preview: TablePreview }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const mapping = useNewAssignment((state) => state.mapping) ?? preview.mapping;
	const used = new Set([mapping?.answer, mapping?.studentId, mapping?.studentName]);
	return (
		<Box>
			<Typography variant="h2" sx={{ mb: 0.5 }}>
				{t('table.count', { rows: format.number(preview.rowCount) })}
			</Typography>
			<Box sx={{ overflow: 'auto', maxHeight: 280, border: 1, borderColor: 'divider', borderRadius: 1, bgcolor: 'background.paper' }}>
				<Table stickyHeader sx={{ '& td, & th': { px: 1.5, py: 0.5 } }}>
					<TableHead>
						<TableRow>
							{preview.columns.map((column) => (
								<TableCell
									key={column}
									dir="auto"
									sx={{ bgcolor: 'background.paper', color: used.has(column) ? 'text.primary' : 'text.secondary', fontWeight: used.has(column) ? 600 : 400 }}
								>
									{column}
								</TableCell>
							))}
						</TableRow>
					</TableHead>
					<TableBody>
						{preview.sample.map((cells, row) => (
							// A sample is drawn whole and never reordered.
							// biome-ignore lint/suspicious/noArrayIndexKey: see above
							<TableRow key={row}>
								{preview.columns.map((column, index) => (
									<TableCell
										key={column}
										dir="auto"
										sx={{
											verticalAlign: 'top',
											color: used.has(column) ? 'text.primary' : 'text.secondary',
											...(column === mapping?.answer
												? { minWidth: 240, overflowWrap: 'anywhere' }
												: { whiteSpace: 'nowrap', maxWidth: 200, overflow: 'hidden', textOverflow: 'ellipsis' }),
										}}
									>
										{shorten(cells[index] ?? '')}
									</TableCell>
								))}
							</TableRow>
						))}
					</TableBody>
				</Table>
			</Box>
			{preview.rowCount > preview.sample.length && (
				<Typography variant="caption" sx={{ color: 'text.secondary' }}>
					{t('table.firstRows', { rows: format.number(preview.sample.length) })}
				</Typography>
			)}
		</Box>
	);
}

function shorten(cell: string): string {
	return cell.length > cellCharacters ? `${cell.slice(0, cellCharacters)}…` : cell;
}

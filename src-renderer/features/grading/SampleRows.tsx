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
import type { IntakeFields } from './AnswerIntake.ts';

const cellCharacters = 160;
/** What the columns of a class of files hold; they have no headings of their own. */
const fileColumns = ['file', 'number', 'name', 'answer'] as const;

/** The first rows of the table as they were read, with the columns that are used marked. */
export function SampleRows({ intake, preview }: { intake: IntakeFields; preview: TablePreview }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const mapping = intake.use((state) => state.mapping) ?? preview.mapping;
	const isFiles = intake.use(({ source }) => source !== null && 'files' in source);
	// Of files a row is a student, who may have several.
	const rows = isFiles ? preview.studentCount : preview.rowCount;
	const answers = new Set(mapping?.layout === 'long' ? [mapping.answer] : mapping?.answers.map(({ column }) => column));
	const used = new Set([
		...answers,
		...(mapping?.layout === 'long' ? [mapping.question, mapping.points] : []),
		mapping?.studentId,
		mapping?.studentClass,
		...(mapping?.studentNames ?? []),
	]);
	return (
		<Box>
			<Typography variant="h2" sx={{ mb: 0.5 }}>
				{t(isFiles ? 'table.countFiles' : 'table.count', { rows: format.number(preview.rowCount), students: format.number(preview.studentCount) })}
			</Typography>
			<Box sx={{ overflow: 'auto', contain: 'content', maxHeight: 280, border: 1, borderColor: 'divider', borderRadius: 1, bgcolor: 'background.paper' }}>
				<Table stickyHeader sx={{ '& td, & th': { px: 1.5, py: 0.5 } }}>
					<TableHead>
						<TableRow>
							{preview.columns.map((column, index) => (
								<TableCell
									key={column}
									dir="auto"
									sx={{ bgcolor: 'background.paper', color: used.has(column) ? 'text.primary' : 'text.secondary', fontWeight: used.has(column) ? 600 : 400 }}
								>
									{isFiles ? t(`table.fileColumns.${fileColumns[index] ?? 'answer'}`) : shorten(column)}
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
											...(answers.has(column)
												? { minWidth: answers.size > 2 ? 160 : 240, overflowWrap: 'anywhere' }
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
			<Typography variant="caption" sx={{ color: 'text.secondary' }}>
				{t(rows > preview.sample.length ? 'table.firstRows' : 'table.allRows', { rows: format.number(preview.sample.length) })}
			</Typography>
		</Box>
	);
}

function shorten(cell: string): string {
	return cell.length > cellCharacters ? `${cell.slice(0, cellCharacters)}…` : cell;
}

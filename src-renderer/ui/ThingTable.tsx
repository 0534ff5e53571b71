import Paper from '@mui/material/Paper';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { ReactNode } from 'react';

interface Props {
	label: string;
	/** What the columns are called; those of numbers end at their right edge. */
	columns: readonly { name: string; isNumber?: boolean }[];
	/** A `TableRow` for each thing. */
	children: ReactNode;
}

/** A list of things with a row for each; behind the columns stands one without a name, for what can be done with a thing. */
export function ThingTable({ label, columns, children }: Props) {
	return (
		<TableContainer component={Paper} variant="outlined" sx={{ flex: 'none' }}>
			<Table aria-label={label}>
				<TableHead>
					<TableRow>
						{columns.map(({ name, isNumber = false }) => (
							<TableCell key={name} align={isNumber ? 'right' : 'left'}>
								{name}
							</TableCell>
						))}
						<TableCell component="td" />
					</TableRow>
				</TableHead>
				<TableBody>{children}</TableBody>
			</Table>
		</TableContainer>
	);
}

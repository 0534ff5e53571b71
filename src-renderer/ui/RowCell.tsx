import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';

interface Props {
	title?: string | undefined;
	isNumber?: boolean;
	/** Says less than the others. */
	isQuiet?: boolean;
	/** What is in it, such as names of people, may be of a script that is written from the right. */
	dir?: 'auto' | 'ltr';
	children: ReactNode;
}

/** One line of text in a row of a `VirtualTable`. */
export function RowCell({ title, isNumber = false, isQuiet = false, dir = 'auto', children }: Props) {
	return (
		<Typography
			role="cell"
			noWrap
			// Numbers are read from the left everywhere; `auto` would leave where they stand to the row.
			dir={isNumber ? 'ltr' : dir}
			title={title}
			sx={{ minWidth: 0, textAlign: isNumber ? 'right' : 'left', color: isQuiet ? 'text.secondary' : 'text.primary' }}
		>
			{children}
		</Typography>
	);
}

/** The head of a `VirtualTable`: a name over each column, to the right over `numbers`. */
export function RowHead<Name extends string>({
	names,
	nameOf,
	numbers = [],
}: {
	names: readonly Name[];
	nameOf: (name: Name) => string;
	numbers?: readonly Name[];
}) {
	return names.map((name) => (
		<Box key={name} role="columnheader" sx={{ textAlign: numbers.includes(name) ? 'right' : 'left' }}>
			{nameOf(name)}
		</Box>
	));
}

/** The grid of a `VirtualTable` of such cells. */
export function rowGrid(gridTemplateColumns: string) {
	return { display: 'grid', alignItems: 'center', columnGap: '16px', paddingInline: '16px', gridTemplateColumns } as const;
}

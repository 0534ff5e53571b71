import Box from '@mui/material/Box';
import type { ReactNode } from 'react';

interface Props {
	name: ReactNode;
	/** Null while it is not known: its room is kept. */
	value: string | null;
	isWarning?: boolean;
}

/** One number with its name, in a list (`dl`) of several. */
export function Figure({ name, value, isWarning = false }: Props) {
	return (
		<Box sx={{ display: 'flex', flexDirection: 'column-reverse', justifyContent: 'flex-end' }}>
			<Box component="dt" sx={{ typography: 'caption', color: 'text.secondary' }}>
				{name}
			</Box>
			<Box
				component="dd"
				sx={{ m: 0, minHeight: 28, typography: 'h1', fontVariantNumeric: 'tabular-nums', color: isWarning ? 'warning.main' : 'text.primary' }}
			>
				{value}
			</Box>
		</Box>
	);
}

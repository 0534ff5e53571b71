import Box from '@mui/material/Box';
import type { ReactNode } from 'react';

/** What stands above a pane: what it is, and what can be done with it. */
export function PaneHead({ children, acts }: { children: ReactNode; acts?: ReactNode }) {
	return (
		<Box
			sx={{
				...{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1, px: 1.5, py: 1, flex: 'none', minHeight: 56, minWidth: 0 },
				...{ borderBottom: 1, borderColor: 'divider', '& .MuiTextField-root': { minWidth: 168 } },
			}}
		>
			{children}
			<Box sx={{ ml: 'auto', display: 'flex', alignItems: 'center', gap: 0.5, flex: 'none' }}>{acts}</Box>
		</Box>
	);
}

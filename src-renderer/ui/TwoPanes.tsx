import Box from '@mui/material/Box';
import type { ReactNode } from 'react';

/**
 * Two panes side by side that take what room there is. In a narrow window, as at twice the size of its letters, one is below the other, each with
 * room of its own, and the page around them scrolls.
 */
export function TwoPanes({ isAimedAt = false, children }: { isAimedAt?: boolean; children: ReactNode }) {
	return (
		<Box
			sx={{
				...{ flex: { xs: 'none', md: 1 }, minHeight: 0, mx: 3, display: 'grid', bgcolor: 'background.paper' },
				...{ gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 1fr) minmax(0, 1fr)' }, gridAutoRows: { xs: 320, md: 'minmax(0, 1fr)' } },
				...{ border: 1, borderColor: isAimedAt ? 'primary.main' : 'divider', borderRadius: 1, overflow: 'hidden' },
			}}
		>
			{children}
		</Box>
	);
}

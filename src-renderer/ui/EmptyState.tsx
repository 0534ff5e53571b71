import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';

/** What an empty screen says: what will be here, and the next step, one click away. */
export function EmptyState({ icon, title, text, children }: { icon?: ReactNode; title: string; text: string; children?: ReactNode }) {
	return (
		<Box sx={{ flex: 1, display: 'flex', flexDirection: 'column', alignItems: 'center', justifyContent: 'center', textAlign: 'center', p: 4, gap: 1 }}>
			{icon && <Box sx={{ color: 'text.secondary', '& svg': { fontSize: 40 }, lineHeight: 0, mb: 1 }}>{icon}</Box>}
			<Typography variant="h2">{title}</Typography>
			<Typography sx={{ color: 'text.secondary', maxWidth: '52ch' }}>{text}</Typography>
			{children && <Box sx={{ mt: 2, display: 'flex', flexWrap: 'wrap', justifyContent: 'center', gap: 1 }}>{children}</Box>}
		</Box>
	);
}

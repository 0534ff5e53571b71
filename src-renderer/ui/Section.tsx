import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { type ReactNode, useId } from 'react';

/** Things that belong together, under their title. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
	const id = useId();
	return (
		<Box component="section" aria-labelledby={id} sx={{ mb: 3 }}>
			<Typography id={id} variant="h2" sx={{ mb: 1 }}>
				{title}
			</Typography>
			<Paper variant="outlined">{children}</Paper>
		</Box>
	);
}

/** One thing of a section: its name, what it means, and beside it the control, which is named by `labelId`. `below` takes the whole width. */
export function SectionRow({ label, help, below, children }: { label: string; help?: string; below?: ReactNode; children?: (labelId: string) => ReactNode }) {
	const id = useId();
	return (
		<Box sx={{ px: 2, py: 1.5, '& + &': { borderTop: 1, borderColor: 'divider' } }}>
			<Box sx={{ display: 'flex', alignItems: 'center', gap: 3, minHeight: 32 }}>
				<Box sx={{ flex: 1, minWidth: 0 }}>
					<Typography id={id}>{label}</Typography>
					{help && (
						<Typography variant="caption" sx={{ color: 'text.secondary', display: 'block' }}>
							{help}
						</Typography>
					)}
				</Box>
				{children && <Box sx={{ flex: 'none' }}>{children(id)}</Box>}
			</Box>
			{below}
		</Box>
	);
}

import Box from '@mui/material/Box';

/** Lines for those who want to know more, folded away behind a label: plain text, as it came. */
export function Folded({ label, lines }: { label: string; lines: readonly string[] }) {
	return (
		<Box component="details" sx={{ mt: 1 }}>
			<Box component="summary" sx={{ cursor: 'pointer', typography: 'caption', color: 'text.secondary', width: 'fit-content' }}>
				{label}
			</Box>
			<Box
				component="pre"
				dir="ltr"
				sx={{
					m: 0,
					mt: 1,
					p: 1,
					maxHeight: 200,
					overflow: 'auto',
					bgcolor: 'surface.sunken',
					color: 'text.primary',
					borderRadius: 1,
					fontSize: '0.75rem',
					lineHeight: 1.5,
					whiteSpace: 'pre-wrap',
					overflowWrap: 'anywhere',
				}}
			>
				{lines.join('\n')}
			</Box>
		</Box>
	);
}

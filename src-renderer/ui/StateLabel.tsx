import Box from '@mui/material/Box';

const colours = { good: 'success.main', bad: 'error.main', warn: 'warning.main', busy: 'primary.main', quiet: 'text.disabled' } as const;

/** A state in one or two words, with a dot in its colour: the word says it all, the colour helps to find it. */
export function StateLabel({ tone, label }: { tone: keyof typeof colours; label: string }) {
	return (
		<Box
			component="span"
			sx={{
				display: 'inline-flex',
				alignItems: 'center',
				gap: 0.75,
				verticalAlign: 'middle',
				whiteSpace: 'nowrap',
				fontVariantNumeric: 'tabular-nums',
				color: tone === 'quiet' ? 'text.secondary' : 'text.primary',
			}}
		>
			<Box
				component="span"
				aria-hidden
				sx={{
					width: 8,
					height: 8,
					borderRadius: '50%',
					flex: 'none',
					bgcolor: tone === 'quiet' ? 'transparent' : colours[tone],
					boxShadow: tone === 'quiet' ? 'inset 0 0 0 1.5px var(--mui-palette-text-disabled)' : 'none',
				}}
			/>
			{label}
		</Box>
	);
}

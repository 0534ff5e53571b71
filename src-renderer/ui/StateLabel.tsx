import { styled } from '@mui/material/styles';

const colours = {
	good: 'var(--mui-palette-success-main)',
	bad: 'var(--mui-palette-error-main)',
	warn: 'var(--mui-palette-warning-main)',
	busy: 'var(--mui-palette-primary-main)',
	quiet: 'transparent',
} as const;

/** A state in one or two words, with a dot in its colour: the word says it all, the colour helps to find it. */
export function StateLabel({ tone, label }: { tone: keyof typeof colours; label: string }) {
	return (
		<Label className={tone === 'quiet' ? 'quiet' : ''}>
			<span aria-hidden style={{ backgroundColor: colours[tone] }} />
			{label}
		</Label>
	);
}

/** One style for the label and its dot, as lists draw hundreds of them. */
const Label = styled('span')({
	display: 'inline-flex',
	alignItems: 'center',
	gap: 6,
	verticalAlign: 'middle',
	whiteSpace: 'nowrap',
	fontVariantNumeric: 'tabular-nums',
	color: 'var(--mui-palette-text-primary)',
	'& > span': { width: 8, height: 8, borderRadius: '50%', flex: 'none' },
	'&.quiet': { color: 'var(--mui-palette-text-secondary)' },
	'&.quiet > span': { boxShadow: 'inset 0 0 0 1.5px var(--mui-palette-text-disabled)' },
});

import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useFormat } from './format.ts';

/** One part of what fills a bar. `tone`: how strongly it is drawn, the first part strongest. */
export interface MemoryPart {
	label: string;
	bytes: number;
}

const tones = [1, 0.62, 0.34] as const;

/** A bar of memory: what the parts take of what is free. What does not fit is drawn beyond the mark, in the colour of errors. */
export function MemoryBar({
	label,
	parts,
	capacityBytes,
	capacityLabel,
}: {
	label: string;
	parts: readonly MemoryPart[];
	capacityBytes: number;
	capacityLabel: string;
}) {
	const format = useFormat();
	const total = parts.reduce((sum, part) => sum + part.bytes, 0);
	const scale = Math.max(total, capacityBytes, 1);
	const isOver = total > capacityBytes;
	const spoken = `${label}: ${parts.map((part) => `${part.label} ${format.bytes(part.bytes)}`).join(', ')}. ${capacityLabel}`;
	return (
		<Box>
			<Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 2, mb: 0.5 }}>
				<Typography variant="body2">{label}</Typography>
				<Typography variant="body2" sx={{ color: isOver ? 'error.main' : 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
					{capacityLabel}
				</Typography>
			</Box>
			<Box
				role="img"
				aria-label={spoken}
				sx={{
					position: 'relative',
					display: 'flex',
					height: 12,
					borderRadius: 1,
					overflow: 'hidden',
					bgcolor: 'surface.sunken',
					boxShadow: 'inset 0 0 0 1px var(--mui-palette-divider)',
				}}
			>
				{parts.map((part, index) => (
					<Box
						key={part.label}
						sx={{
							width: `${(part.bytes / scale) * 100}%`,
							bgcolor: isOver ? 'error.main' : 'primary.main',
							opacity: tones[Math.min(index, tones.length - 1)],
							transition: 'width 160ms',
						}}
					/>
				))}
				{isOver && <Box sx={{ position: 'absolute', left: `${(capacityBytes / scale) * 100}%`, top: 0, bottom: 0, width: '2px', bgcolor: 'text.primary' }} />}
			</Box>
			<Box component="ul" aria-hidden sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 2, listStyle: 'none', m: 0, p: 0, mt: 0.5 }}>
				{parts.map((part, index) => (
					<Box
						component="li"
						key={part.label}
						sx={{ display: 'flex', alignItems: 'center', gap: 0.75, typography: 'caption', color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}
					>
						<Box
							sx={{
								width: 8,
								height: 8,
								borderRadius: '2px',
								bgcolor: isOver ? 'error.main' : 'primary.main',
								opacity: tones[Math.min(index, tones.length - 1)],
							}}
						/>
						{part.label} {format.bytes(part.bytes)}
					</Box>
				))}
			</Box>
		</Box>
	);
}

import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { useFormat } from './format.ts';

interface Props {
	/** What is being done. */
	title: string;
	/** How far, in words. */
	detail?: string;
	/** How far, 0..1; null while that is not known. */
	fraction: number | null;
	/** How to pause or stop it. */
	children?: ReactNode;
}

/** Something slow: what it is doing, how far it is, and how to stop it. Its height never changes. */
export function ProgressLine({ title, detail = '', fraction, children }: Props) {
	const format = useFormat();
	return (
		<Box sx={{ display: 'flex', alignItems: 'center', gap: 2, minHeight: 48 }}>
			<Box sx={{ flex: 1, minWidth: 0 }}>
				<Box sx={{ display: 'flex', gap: 2, justifyContent: 'space-between', mb: 0.5 }}>
					<Typography noWrap dir="auto" sx={{ flex: '1 1 0', minWidth: 64 }}>
						{title}
					</Typography>
					<Typography noWrap sx={{ color: 'text.secondary', fontVariantNumeric: 'tabular-nums', flex: '0 1 auto', minWidth: 0 }}>
						{[detail, fraction === null ? '' : format.percent(fraction)].filter(Boolean).join(' · ')}
					</Typography>
				</Box>
				{fraction === null ? (
					<LinearProgress aria-label={title} />
				) : (
					<LinearProgress aria-label={title} variant="determinate" value={Math.min(100, fraction * 100)} />
				)}
			</Box>
			{children && <Box sx={{ display: 'flex', gap: 0.5, flex: 'none' }}>{children}</Box>}
		</Box>
	);
}

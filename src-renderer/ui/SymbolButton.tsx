import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import type { ReactNode } from 'react';

/** A small button with a symbol, whose label is told to all who cannot see it. */
export function SymbolButton({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
	return (
		<Tooltip title={label}>
			<IconButton aria-label={label} onClick={onClick}>
				{children}
			</IconButton>
		</Tooltip>
	);
}

import MoreIcon from '@mui/icons-material/MoreVert';
import Divider from '@mui/material/Divider';
import IconButton from '@mui/material/IconButton';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import { Link } from 'react-router';

/** One thing that can be done; a line between two groups; or nothing, where it is not offered. */
export type MenuEntry = { label: string; onChoose: () => void; isDisabled?: boolean } | { label: string; to: string } | 'line' | false;

/** The button with three dots, and what it offers to do with one row. `label` names it and the row. */
export function MoreMenu({ label, entries }: { label: string; entries: readonly MenuEntry[] }) {
	const [anchor, setAnchor] = useState<HTMLElement | null>(null);
	return (
		<>
			<IconButton aria-label={label} aria-haspopup="menu" onClick={(event) => setAnchor(event.currentTarget)}>
				<MoreIcon fontSize="small" />
			</IconButton>
			<Menu open={anchor !== null} anchorEl={anchor} onClose={() => setAnchor(null)}>
				{entries.map((entry, index) => {
					if (entry === false) return null;
					// biome-ignore lint/suspicious/noArrayIndexKey: lines are alike, and stay where they are.
					if (entry === 'line') return <Divider key={index} />;
					if ('to' in entry) {
						return (
							<MenuItem key={entry.label} component={Link} to={entry.to}>
								{entry.label}
							</MenuItem>
						);
					}
					const { label: name, onChoose, isDisabled = false } = entry;
					return (
						<MenuItem
							key={name}
							disabled={isDisabled}
							onClick={() => {
								setAnchor(null);
								onChoose();
							}}
						>
							{name}
						</MenuItem>
					);
				})}
			</Menu>
		</>
	);
}

import MoreIcon from '@mui/icons-material/MoreVert';
import Divider from '@mui/material/Divider';
import IconButton from '@mui/material/IconButton';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { type MouseEvent, useState } from 'react';
import { Link } from 'react-router';

/** One thing that can be done; a line between two groups; or nothing, where it is not offered. */
export type MenuEntry = { label: string; onChoose: () => void; isDisabled?: boolean } | { label: string; to: string } | 'line' | false;

/** The button with three dots, and what it offers to do with one row. `label` names it and the row. */
export function MoreMenu({ label, entries }: { label: string; entries: readonly MenuEntry[] }) {
	const [anchor, setAnchor] = useState<HTMLElement | null>(null);
	// A table draws a button in each row, and hardly one of them is pressed.
	const [isMade, setMade] = useState(false);
	const open = (event: MouseEvent<HTMLElement>) => {
		setAnchor(event.currentTarget);
		setMade(true);
	};
	return (
		<>
			<IconButton aria-label={label} aria-haspopup="menu" onClick={open}>
				<MoreIcon fontSize="small" />
			</IconButton>
			{isMade && <Shown entries={entries} anchor={anchor} onClose={() => setAnchor(null)} />}
		</>
	);
}

function Shown({ entries, anchor, onClose }: { entries: readonly MenuEntry[]; anchor: HTMLElement | null; onClose: () => void }) {
	return (
		<Menu open={anchor !== null} anchorEl={anchor} onClose={onClose}>
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
							onClose();
							onChoose();
						}}
					>
						{name}
					</MenuItem>
				);
			})}
		</Menu>
	);
}

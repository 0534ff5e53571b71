import BackIcon from '@mui/icons-material/ArrowBack';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import type { ComponentProps } from 'react';
import { Link } from 'react-router';
import { PageHeader } from './PageHeader.tsx';

/** The head of a page about one of many things: before it the way back to them all. `titlePx` is how wide its title may be, on narrow windows and wide ones. */
export function BackHeader({
	back,
	titlePx,
	...header
}: ComponentProps<typeof PageHeader> & { back: { to: string; label: string }; titlePx: { narrow: number; wide: number } }) {
	return (
		<Box
			sx={{
				flex: 'none',
				display: 'flex',
				alignItems: 'center',
				pl: 1.5,
				'& > :last-child': { flex: 1, minWidth: 0, ml: -1.5 },
				'& h1': { maxWidth: { xs: titlePx.narrow, lg: titlePx.wide } },
			}}
		>
			<Tooltip title={back.label}>
				<IconButton component={Link} to={back.to} aria-label={back.label}>
					<BackIcon fontSize="small" />
				</IconButton>
			</Tooltip>
			<PageHeader {...header} />
		</Box>
	);
}

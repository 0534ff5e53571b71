import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { type ReactNode, use, useEffect } from 'react';
import { PageHelpContext } from './PageHelp.ts';
import { PageTabsContext } from './PageTabs.ts';

/** The head of a page: its one title with what explains it, the tabs of the place it belongs to, what else belongs beside it, and at the end the one main act. */
export function PageHeader({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
	const tabs = use(PageTabsContext);
	const help = use(PageHelpContext);
	useEffect(() => {
		document.title = `${title} · Homeroom`;
	}, [title]);
	return (
		// In a narrow window, as at twice the size of its letters, it takes as many lines as it needs.
		<Box
			component="header"
			sx={{
				display: 'flex',
				flexWrap: { xs: 'wrap', md: 'nowrap' },
				'&:has(> [data-own-line])': { flexWrap: 'wrap', pt: 1.25 },
				// As high as a button, so that the title and the tabs stay in place from a page with an act to one without.
				'&:has(> [data-own-line]) > h1': { lineHeight: '36px' },
				alignItems: 'center',
				columnGap: 2,
				rowGap: 1,
				px: 3,
				py: { xs: 1, md: 0 },
				minHeight: 64,
				flex: 'none',
			}}
		>
			<Typography variant="h1" dir="auto" noWrap sx={{ minWidth: 0 }}>
				{title}
			</Typography>
			{help}
			{tabs}
			<Box sx={{ flex: { xs: '1 1 auto', md: 1 }, minWidth: 0, display: 'flex', alignItems: 'center', gap: 1 }}>{children}</Box>
			{action && <Box sx={{ flex: 'none', display: 'flex', gap: 1 }}>{action}</Box>}
		</Box>
	);
}

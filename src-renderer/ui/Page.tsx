import Box from '@mui/material/Box';
import { type ReactNode, type Ref, use } from 'react';
import { BackHeader } from './BackHeader.tsx';
import { PageHeader } from './PageHeader.tsx';
import { PageTabsContext } from './PageTabs.ts';

interface Props {
	title: string;
	/** The way back to what the page is one of. */
	back?: { to: string; label: string };
	/** What stands beside the title. */
	beside?: ReactNode;
	/** The one main act. */
	action?: ReactNode;
	/** `reading`: a column that is easy to read, in the middle, or where the page has tabs under them, so that they stay in place from tab to tab; `full`: the work takes all the room and its head stays while it scrolls. */
	width?: 'reading' | 'full';
	/** What scrolls, for lists that draw only what is in view. */
	scroller?: Ref<HTMLDivElement>;
	children: ReactNode;
}

/** Pixels; with the padding, about ninety characters a line. */
const readingWidth = 800;
const titlePx = { narrow: 300, wide: 500 };

/** A page: its head, and its content below. */
export function Page({ title, back, beside, action, width = 'full', scroller, children }: Props) {
	const head = { title, action, children: beside };
	const header = back ? <BackHeader back={back} titlePx={titlePx} {...head} /> : <PageHeader {...head} />;
	const isTab = use(PageTabsContext) !== null;
	const content = (
		<Box sx={{ px: 3, pb: 4, flex: 1, display: 'flex', flexDirection: 'column', ...(width === 'reading' && { maxWidth: readingWidth }) }}>{children}</Box>
	);
	if (width === 'reading' && !isTab) {
		return (
			<Box ref={scroller} sx={{ height: '100%', overflow: 'auto' }}>
				<Box sx={{ minHeight: '100%', maxWidth: readingWidth, mx: 'auto', pt: 2, display: 'flex', flexDirection: 'column' }}>
					{header}
					{content}
				</Box>
			</Box>
		);
	}
	return (
		<Box sx={{ height: '100%', display: 'flex', flexDirection: 'column', minWidth: 0 }}>
			{header}
			<Box ref={scroller} sx={{ flex: 1, minHeight: 0, overflow: 'auto', display: 'flex', flexDirection: 'column' }}>
				{content}
			</Box>
		</Box>
	);
}

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { HandbookText } from './HandbookText.tsx';
import { type HandbookPageId, handbookPages } from './handbookPages.ts';
import type { OpenHandbook } from './loadHandbook.ts';

interface Props {
	handbook: OpenHandbook;
	page: HandbookPageId;
	/** The section that is to be in sight; empty: the beginning. */
	section: string;
}

/** One page of the handbook, from the section that was asked for, and behind it the way to the pages around it. */
export function HandbookPageView({ handbook, page, section }: Props) {
	const { title, sections } = handbook.pages[page];
	const { key } = useLocation();
	// Asked for once more, it comes into sight once more.
	// biome-ignore lint/correctness/useExhaustiveDependencies: see above
	useEffect(() => {
		document.getElementById(section === '' ? idOf('title') : idOf(section))?.scrollIntoView({ block: 'start' });
	}, [page, section, key]);
	return (
		<Box component="article" sx={{ maxWidth: 720 }}>
			<Typography id={idOf('title')} variant="h1" component="h2" sx={{ mb: 1, scrollMarginTop: 16 }}>
				{title}
			</Typography>
			{sections.map(({ id, title: heading, text }) => (
				<Box key={id} component="section" {...(heading !== '' && { 'aria-labelledby': idOf(id) })} sx={{ mb: 3 }}>
					{heading !== '' && (
						<Typography id={idOf(id)} component="h3" sx={{ fontSize: '1rem', fontWeight: 600, mb: 0.5, scrollMarginTop: 16 }}>
							{heading}
						</Typography>
					)}
					<HandbookText text={text} pictureOf={handbook.pictureOf} />
				</Box>
			))}
			<Neighbours page={page} />
		</Box>
	);
}

function Neighbours({ page }: { page: HandbookPageId }) {
	const { t } = useTranslation('help');
	const { state } = useLocation();
	const at = handbookPages.indexOf(page);
	const [before, after] = [handbookPages[at - 1], handbookPages[at + 1]];
	return (
		<Box
			component="nav"
			aria-label={t('around')}
			sx={{ display: 'flex', justifyContent: 'space-between', gap: 2, mt: 4, pt: 2, borderTop: 1, borderColor: 'divider' }}
		>
			{before ? (
				<Button component={Link} to={`/help/${before}`} state={state} color="inherit">
					← {t(`pages.${before}`)}
				</Button>
			) : (
				<span />
			)}
			{after && (
				<Button component={Link} to={`/help/${after}`} state={state} color="inherit">
					{t(`pages.${after}`)} →
				</Button>
			)}
		</Box>
	);
}

/** A name that nothing else of the page has. */
function idOf(section: string): string {
	return `handbook-${section}`;
}

import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink, useLocation } from 'react-router';
import type { Found } from './searchHandbook.ts';

interface Props {
	query: string;
	found: readonly Found[];
	/** One of them is opened. */
	onOpen: () => void;
}

/** The places of the handbook that hold what was looked for, each with the words around it. */
export function SearchResults({ query, found, onOpen }: Props) {
	const { t } = useTranslation('help');
	const { state } = useLocation();
	return (
		<Box>
			<Typography role="status" sx={{ color: 'text.secondary', mb: 2 }}>
				{found.length === 0 ? t('nothing', { query }) : t('found', { count: found.length })}
			</Typography>
			<Box component="ul" aria-label={t('results')} sx={{ listStyle: 'none', m: 0, p: 0, display: 'flex', flexDirection: 'column', gap: 2 }}>
				{found.map(({ page, sectionId, pageTitle, title, excerpt }) => (
					<li key={`${page}/${sectionId}`}>
						<Link component={RouterLink} to={`/help/${page}${sectionId && `/${sectionId}`}`} state={state} onClick={onOpen}>
							{title === '' ? pageTitle : `${pageTitle}: ${title}`}
						</Link>
						<Typography dir="auto" sx={{ color: 'text.secondary' }}>
							{excerpt.map((part, index) =>
								index % 2 === 1 ? (
									// biome-ignore lint/suspicious/noArrayIndexKey: the parts of one excerpt never change places
									<Box key={index} component="mark" sx={{ bgcolor: 'action.selected', color: 'text.primary', borderRadius: 0.5 }}>
										{part}
									</Box>
								) : (
									part
								),
							)}
						</Typography>
					</li>
				))}
			</Box>
		</Box>
	);
}

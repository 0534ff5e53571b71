import SearchIcon from '@mui/icons-material/Search';
import Box from '@mui/material/Box';
import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams } from 'react-router';
import { BackHeader } from '../../ui/BackHeader.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Contents } from './Contents.tsx';
import { HandbookPageView } from './HandbookPageView.tsx';
import { isHandbookPage } from './handbookPages.ts';
import { SearchResults } from './SearchResults.tsx';
import { searchHandbook } from './searchHandbook.ts';
import { useHandbook } from './useHandbook.ts';

/** The handbook inside the app: its contents, one page, and a search in all of them. It needs no network. */
export function HelpScreen() {
	const { t } = useTranslation('help');
	const { page: named, section = '' } = useParams();
	const { handbook, error } = useHandbook();
	const [query, setQuery] = useState('');
	const page = isHandbookPage(named) ? named : 'first-start';
	const found = useMemo(() => (handbook && query.trim() !== '' ? searchHandbook(handbook.pages, query) : null), [handbook, query]);
	return (
		<Box sx={{ height: '100%', display: 'flex', flexDirection: 'column', minWidth: 0 }}>
			<BackHeader back={{ to: useWayBack(), label: t('back') }} titlePx={{ narrow: 200, wide: 300 }} title={t('title')}>
				<TextField
					type="search"
					size="small"
					value={query}
					onChange={(event) => setQuery(event.target.value)}
					placeholder={t('search')}
					slotProps={{
						htmlInput: { 'aria-label': t('search'), dir: 'auto' },
						input: {
							startAdornment: (
								<InputAdornment position="start">
									<SearchIcon fontSize="small" />
								</InputAdornment>
							),
						},
					}}
					sx={{ width: 320, maxWidth: '100%' }}
				/>
			</BackHeader>
			<Box
				sx={{
					flex: 1,
					minHeight: 0,
					overflow: { xs: 'auto', md: 'hidden' },
					display: 'flex',
					flexDirection: { xs: 'column', md: 'row' },
				}}
			>
				{/* In a narrow window the page comes first. */}
				<Box sx={{ flex: 'none', order: { xs: 1, md: 0 }, width: { md: 224 }, px: 2, pb: 3, overflow: { md: 'auto' } }}>
					<Contents open={page} />
				</Box>
				<Box sx={{ flex: { xs: 'none', md: 1 }, minWidth: 0, px: 3, pb: 4, overflow: { md: 'auto' } }}>
					<ErrorNotice error={error} sx={{ mb: 2 }} />
					{handbook && found === null && <HandbookPageView handbook={handbook} page={page} section={section} />}
					{found !== null && <SearchResults query={query.trim()} found={found} onOpen={() => setQuery('')} />}
				</Box>
			</Box>
		</Box>
	);
}

/** Where the reader came from, which `HelpLink` says; else home. */
function useWayBack(): string {
	const { state }: { state: unknown } = useLocation();
	const from = typeof state === 'object' && state !== null && 'from' in state ? state.from : null;
	return typeof from === 'string' && from.startsWith('/') ? from : '/';
}

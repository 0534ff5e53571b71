import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { CatalogRow } from './CatalogRow.tsx';
import { searchCatalog } from './filterCatalog.ts';
import { readCatalog, useMarket } from './marketStore.ts';

/** The known models that some words are found in, without any network. `isAll`: nothing else is searched, so it also says that there are none. */
export function KnownMatches({ words, isAll }: { words: string; isAll: boolean }) {
	const { t } = useTranslation('market');
	const catalog = useMarket((state) => state.catalog);
	const isRead = catalog !== null;
	useEffect(() => {
		if (!isRead) void readCatalog();
	}, [isRead]);
	const found = searchCatalog(catalog ?? [], words);
	if (found.length === 0) {
		return isAll && isRead ? (
			<Typography role="status" sx={{ color: 'text.secondary', py: 4, textAlign: 'center' }}>
				{t('results.noneKnown', { words })}
			</Typography>
		) : null;
	}
	return (
		<Box component="section" aria-labelledby="known" sx={{ mb: 3 }}>
			<Typography id="known" variant="h2" sx={{ mb: 1 }}>
				{t('catalog.title')}
			</Typography>
			<Paper variant="outlined" component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
				{found.map((item) => (
					<CatalogRow key={item.entry.id} item={item} />
				))}
			</Paper>
		</Box>
	);
}

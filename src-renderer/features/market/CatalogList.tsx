import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import Paper from '@mui/material/Paper';
import Skeleton from '@mui/material/Skeleton';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Typography from '@mui/material/Typography';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { CatalogRow } from './CatalogRow.tsx';
import { type CatalogFilter, type CatalogItem, filterCatalog, languagesOf, suitsOf } from './filterCatalog.ts';
import { languageName } from './languageName.ts';
import { readCatalog, useMarket } from './marketStore.ts';

/** The models that Homeroom knows of, without any network: what each is good for, what it takes, and one act. */
export function CatalogList() {
	const { t } = useTranslation('market');
	const { t: ui } = useTranslation('ui');
	const catalog = useMarket((state) => state.catalog);
	const catalogError = useMarket((state) => state.catalogError);
	const filter = useMarket((state) => state.filter);
	useEffect(() => void readCatalog(), []);
	const shown = filterCatalog(catalog ?? [], filter);
	return (
		<Box component="section" aria-labelledby="catalog">
			<Typography id="catalog" variant="h2">
				{t('catalog.title')}
			</Typography>
			<Typography sx={{ color: 'text.secondary', mb: 1.5 }}>{t('catalog.text')}</Typography>
			<ErrorNotice error={catalogError} action={{ label: ui('again'), onClick: () => void readCatalog() }} sx={{ mb: 2 }} />
			{catalog !== null && catalog.length > 0 && <Filters catalog={catalog} filter={filter} />}
			{catalog === null && catalogError === null && <Skeleton variant="rounded" height={320} />}
			{shown.length > 0 && (
				<Paper variant="outlined" component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
					{shown.map((item) => (
						<CatalogRow key={item.entry.id} item={item} />
					))}
				</Paper>
			)}
			{catalog !== null && shown.length === 0 && (
				<Typography role="status" sx={{ color: 'text.secondary', py: 4, textAlign: 'center' }}>
					{catalog.length === 0 ? t('catalog.empty') : t('catalog.nothing')}
				</Typography>
			)}
		</Box>
	);
}

function Filters({ catalog, filter }: { catalog: readonly CatalogItem[]; filter: CatalogFilter }) {
	const { t, i18n } = useTranslation('market');
	const change = (changes: Partial<CatalogFilter>) => useMarket.setState({ filter: { ...filter, ...changes } });
	return (
		<Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1.5, mb: 1.5 }}>
			<ToggleButtonGroup exclusive size="small" aria-label={t('catalog.suits')} value={filter.suits ?? 'all'}>
				<ToggleButton value="all" onClick={() => change({ suits: null })}>
					{t('catalog.all')}
				</ToggleButton>
				{suitsOf(catalog).map((suits) => (
					<ToggleButton key={suits} value={suits} onClick={() => change({ suits })}>
						{t(`suits.${suits}`)}
					</ToggleButton>
				))}
			</ToggleButtonGroup>
			<TextField
				select
				value={filter.language ?? 'all'}
				onChange={({ target }) => change({ language: target.value === 'all' ? null : target.value })}
				slotProps={{ select: { inputProps: { 'aria-label': t('catalog.language') } } }}
				sx={{ minWidth: 150 }}
			>
				<MenuItem value="all">{t('catalog.anyLanguage')}</MenuItem>
				{languagesOf(catalog).map((language) => (
					<MenuItem key={language} value={language}>
						{languageName(language, i18n.language)}
					</MenuItem>
				))}
			</TextField>
			<FormControlLabel
				control={<Switch size="small" checked={filter.fitsOnly} onChange={(_event, fitsOnly) => change({ fitsOnly })} />}
				label={t('catalog.fitsOnly')}
				sx={{ ml: 0, gap: 0.5 }}
			/>
		</Box>
	);
}

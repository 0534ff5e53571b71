import LockIcon from '@mui/icons-material/LockOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import MenuItem from '@mui/material/MenuItem';
import Paper from '@mui/material/Paper';
import Skeleton from '@mui/material/Skeleton';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import TextField from '@mui/material/TextField';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink } from 'react-router';
import type { RemoteEntry } from '#contract/market.ts';
import { useFormat } from '../../ui/format.ts';
import { KnownMatches } from './KnownMatches.tsx';
import { nameKey, type SearchSort, search, searchMore, useMarket } from './marketStore.ts';
import type { Query, RemoteName } from './readQuery.ts';
import { SourceError } from './SourceError.tsx';
import { sorts } from './sorts.ts';

interface Props {
	query: Query;
	sort: SearchSort;
	onSort: (sort: SearchSort) => void;
	/** Where a model of the list is shown. */
	addressOf: (named: RemoteName) => string;
}

/** What a search found, and before it the known models and those that the words name outright; offline, the known ones alone. */
export function ResultList({ query, sort, onSort, addressOf }: Props) {
	const { t } = useTranslation('market');
	const isOffline = useMarket(({ settings }) => settings?.offline ?? false);
	return (
		<>
			{!isOffline &&
				query.named.map((model) => (
					<Button key={nameKey(model)} component={RouterLink} to={addressOf(model)} variant="outlined" color="inherit" sx={{ mb: 2, mr: 1 }}>
						{t(`named.${model.source}`, { name: model.name })}
					</Button>
				))}
			<KnownMatches words={query.words} isAll={isOffline} />
			{!isOffline && <FoundList words={query.words} sort={sort} onSort={onSort} addressOf={addressOf} />}
		</>
	);
}

/** What Hugging Face found, and how that is ordered. */
function FoundList({ words, sort, onSort, addressOf }: Omit<Props, 'query'> & { words: string }) {
	const { t } = useTranslation('market');
	const results = useMarket((state) => state.results);
	useEffect(() => void search(words, sort), [words, sort]);
	const entries = results?.entries ?? [];
	const isEmpty = results !== null && !results.isBusy && results.error === null && entries.length === 0;
	return (
		<Box component="section" aria-labelledby="results">
			<Box sx={{ display: 'flex', alignItems: 'center', gap: 2, mb: 1 }}>
				<Typography id="results" variant="h2" sx={{ flex: 1 }}>
					{t('results.title')}
				</Typography>
				<TextField
					select
					value={sort}
					onChange={({ target }) => onSort(sorts.find((known) => known === target.value) ?? sort)}
					slotProps={{ select: { inputProps: { 'aria-label': t('results.sort') } } }}
				>
					{sorts.map((known) => (
						<MenuItem key={known} value={known}>
							{t(`sort.${known}`)}
						</MenuItem>
					))}
				</TextField>
			</Box>
			<Box role="status" sx={{ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }}>
				{results !== null && !results.isBusy && entries.length > 0 && t('results.found', { count: entries.length })}
			</Box>
			{entries.length > 0 && <EntryTable entries={entries} addressOf={addressOf} />}
			{results?.isBusy && <Skeleton variant="rounded" height={entries.length > 0 ? 48 : 320} aria-label={t('results.searching')} sx={{ mt: 1 }} />}
			<SourceError error={results?.error} onAgain={() => void (entries.length > 0 ? searchMore() : search(words, sort))} sx={{ mt: 1 }} />
			{isEmpty && (
				<Typography role="status" sx={{ color: 'text.secondary', py: 4, textAlign: 'center' }}>
					{t('results.none', { words })}
				</Typography>
			)}
			{results?.more && !results.isBusy && results.error === null && (
				<Button color="inherit" onClick={() => void searchMore()} sx={{ mt: 1 }}>
					{t('results.more')}
				</Button>
			)}
		</Box>
	);
}

/** Columns that a narrow window leaves out. */
const wideOnly = { '@media (max-width: 899px)': { display: 'none' } };

function EntryTable({ entries, addressOf }: { entries: readonly RemoteEntry[]; addressOf: Props['addressOf'] }) {
	const { t } = useTranslation('market');
	const format = useFormat();
	return (
		<TableContainer component={Paper} variant="outlined">
			<Table sx={{ tableLayout: 'fixed' }}>
				<TableHead>
					<TableRow>
						<TableCell>{t('results.name')}</TableCell>
						<TableCell sx={{ width: 140 }}>{t('results.license')}</TableCell>
						<TableCell align="right" sx={{ width: 110 }}>
							{t('results.downloads')}
						</TableCell>
						<TableCell align="right" sx={{ width: 80, ...wideOnly }}>
							{t('results.likes')}
						</TableCell>
						<TableCell sx={{ width: 130, ...wideOnly }}>{t('results.updated')}</TableCell>
					</TableRow>
				</TableHead>
				<TableBody>
					{entries.map((entry) => (
						<TableRow key={nameKey(entry)} hover sx={{ position: 'relative' }}>
							<TableCell>
								<Box sx={{ display: 'flex', alignItems: 'center', gap: 0.75, minWidth: 0 }}>
									<Typography noWrap sx={{ minWidth: 0 }}>
										{/* The link's area is the whole row. */}
										<Link
											component={RouterLink}
											to={addressOf(entry)}
											color="inherit"
											underline="hover"
											dir="ltr"
											sx={{ '&::after': { content: '""', position: 'absolute', inset: 0 } }}
										>
											{entry.name}
										</Link>
									</Typography>
									{entry.access !== 'open' && (
										<Tooltip title={t('access.short')}>
											<LockIcon aria-label={t('access.short')} role="img" sx={{ fontSize: 16, color: 'text.secondary', position: 'relative', zIndex: 1 }} />
										</Tooltip>
									)}
								</Box>
							</TableCell>
							<TableCell>
								<Typography noWrap title={entry.license ?? ''} sx={{ color: entry.license ? undefined : 'text.secondary' }}>
									{entry.license ?? t('results.noLicense')}
								</Typography>
							</TableCell>
							<TableCell align="right">{entry.downloads === null ? '' : format.count(entry.downloads)}</TableCell>
							<TableCell align="right" sx={wideOnly}>
								{entry.likes === null ? '' : format.count(entry.likes)}
							</TableCell>
							<TableCell sx={wideOnly}>{entry.updatedAt === null ? '' : format.moment(entry.updatedAt)}</TableCell>
						</TableRow>
					))}
				</TableBody>
			</Table>
		</TableContainer>
	);
}

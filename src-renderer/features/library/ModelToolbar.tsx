import ClearIcon from '@mui/icons-material/Close';
import SearchIcon from '@mui/icons-material/Search';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import InputAdornment from '@mui/material/InputAdornment';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import type { Model } from '#contract/library.ts';
import { useFormat } from '../../ui/format.ts';
import { tagsOf } from './arrangeModels.ts';
import { ask, choose, filterBy, useTable } from './tableStore.ts';
import { useModelActs } from './useModelActs.ts';

/** Above the table: what is shown of it; once models are chosen, what can be done with them. Its height never changes. */
export function ModelToolbar({ models, shownCount }: { models: readonly Model[]; shownCount: number }) {
	const selected = useTable((state) => state.selected);
	const chosen = models.filter(({ id }) => selected.has(id));
	return (
		<Box sx={{ display: 'flex', alignItems: 'center', gap: 1, minHeight: 40, mb: 1 }}>
			{chosen.length > 0 ? <ChosenBar chosen={chosen} /> : <FilterBar models={models} shownCount={shownCount} />}
		</Box>
	);
}

function FilterBar({ models, shownCount }: { models: readonly Model[]; shownCount: number }) {
	const { t } = useTranslation('library');
	const { text, tag } = useTable((state) => state.filter);
	const tags = tagsOf(models);
	return (
		<>
			<TextField
				placeholder={t('filter.text')}
				value={text}
				onChange={(event) => filterBy({ text: event.target.value })}
				sx={{ width: 280, flex: '0 1 auto' }}
				slotProps={{
					htmlInput: { 'aria-label': t('filter.text'), type: 'search' },
					input: {
						startAdornment: (
							<InputAdornment position="start">
								<SearchIcon sx={{ fontSize: 18 }} />
							</InputAdornment>
						),
					},
				}}
			/>
			{(tags.length > 0 || tag !== null) && (
				<TextField
					select
					value={tag ?? ''}
					onChange={(event) => filterBy({ tag: event.target.value || null })}
					sx={{ width: 160, flex: '0 1 auto' }}
					slotProps={{ select: { displayEmpty: true, SelectDisplayProps: { 'aria-label': t('filter.tag') } } }}
				>
					<MenuItem value="">{t('filter.allTags')}</MenuItem>
					{[...new Set([...tags, ...(tag === null ? [] : [tag])])].map((name) => (
						<MenuItem key={name} value={name}>
							{name}
						</MenuItem>
					))}
				</TextField>
			)}
			<Typography variant="caption" role="status" sx={{ ml: 'auto', color: 'text.secondary', fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
				{shownCount === models.length ? t('filter.count', { count: models.length }) : t('filter.countOf', { shown: shownCount, count: models.length })}
			</Typography>
		</>
	);
}

function ChosenBar({ chosen }: { chosen: readonly Model[] }) {
	const { t } = useTranslation('library');
	const format = useFormat();
	const { verify } = useModelActs();
	const selected = useTable((state) => state.selected);
	const sizeBytes = chosen.reduce((sum, model) => sum + model.sizeBytes, 0);
	return (
		<>
			<Tooltip title={t('chosen.clear')}>
				<IconButton aria-label={t('chosen.clear')} onClick={() => choose([...selected], false)}>
					<ClearIcon fontSize="small" />
				</IconButton>
			</Tooltip>
			<Typography noWrap role="status" sx={{ mr: 'auto', minWidth: 0, fontVariantNumeric: 'tabular-nums' }}>
				{t('chosen.count', { count: chosen.length, bytes: format.bytes(sizeBytes) })}
			</Typography>
			<Button variant="outlined" onClick={() => verify(chosen)}>
				{t('chosen.verify')}
			</Button>
			<Button variant="outlined" onClick={() => ask('export', chosen)}>
				{t('chosen.export')}
			</Button>
			<Button variant="outlined" color="error" onClick={() => ask('remove', chosen)}>
				{t('chosen.remove')}
			</Button>
		</>
	);
}

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import type { Grouping, UseGroup } from './arrangeUse.ts';
import type { NameOf } from './useNames.ts';

/** So many are shown until the rest is asked for. */
const firstRows = 8;

interface Props {
	by: Grouping;
	/** The most used first. */
	groups: readonly UseGroup[];
	nameOf: NameOf;
}

/** What each person, model or task used, as bars side by side and in numbers: a table that is its own drawing. */
export function UseBars({ by, groups, nameOf }: Props) {
	const { t } = useTranslation('ledger');
	const format = useFormat();
	const titleId = useId();
	const [isWhole, setWhole] = useState(false);
	const most = groups[0]?.tokens ?? 0;
	const total = groups.reduce((sum, { tokens }) => sum + tokens, 0);
	const shown = isWhole ? groups : groups.slice(0, firstRows);
	return (
		<Box component="section" aria-labelledby={titleId} sx={{ minWidth: 0 }}>
			<Typography id={titleId} variant="h2" sx={{ mb: 1 }}>
				{t(`use.by.${by}`)}
			</Typography>
			<Paper variant="outlined" sx={{ position: 'relative', px: 2, py: 1 }}>
				<Box component="table" aria-labelledby={titleId} sx={{ width: '100%', borderCollapse: 'collapse', tableLayout: 'fixed', '& td, & th': { p: 0 } }}>
					<colgroup>
						<col />
						<Box component="col" sx={{ width: 84 }} />
						<Box component="col" sx={{ width: 48 }} />
					</colgroup>
					<Box component="thead" sx={{ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }}>
						<tr>
							<th scope="col">{t(`use.${by}`)}</th>
							<th scope="col">{t('use.tokens')}</th>
							<th scope="col">{t('use.share')}</th>
						</tr>
					</Box>
					<tbody>
						{shown.map((group) => (
							<UseBar
								key={group.key}
								name={nameOf(group.key, by)}
								group={group}
								ofMost={most === 0 ? 0 : group.tokens / most}
								ofAll={total === 0 ? 0 : group.tokens / total}
							/>
						))}
					</tbody>
				</Box>
				{groups.length > firstRows && (
					<Button size="small" color="inherit" onClick={() => setWhole(!isWhole)} sx={{ mt: 0.5, ml: -1 }}>
						{isWhole ? t('use.fewer') : t('use.more', { count: groups.length - firstRows, number: format.number(groups.length - firstRows) })}
					</Button>
				)}
			</Paper>
		</Box>
	);
}

function UseBar({ name, group, ofMost, ofAll }: { name: string; group: UseGroup; ofMost: number; ofAll: number }) {
	const { t } = useTranslation('ledger');
	const format = useFormat();
	const detail = t('use.detail', {
		prompt: format.number(group.promptTokens),
		completion: format.number(group.completionTokens),
		requests: format.number(group.requests),
	});
	return (
		<Box component="tr" title={detail} sx={{ height: 44 }}>
			<Box component="th" scope="row" sx={{ textAlign: 'start', verticalAlign: 'middle', fontWeight: 'inherit' }}>
				<Typography noWrap dir="auto" title={name} sx={{ lineHeight: 1.4, mb: 0.25 }}>
					{name}
				</Typography>
				<Box aria-hidden sx={{ height: 6, borderRadius: '3px', bgcolor: 'divider', overflow: 'hidden' }}>
					<Box sx={{ height: '100%', bgcolor: 'series.first' }} style={{ width: `${ofMost * 100}%` }} />
				</Box>
			</Box>
			<Box component="td" sx={{ textAlign: 'end', typography: 'body1', fontVariantNumeric: 'tabular-nums' }}>
				{format.number(group.tokens)}
			</Box>
			<Box component="td" sx={{ textAlign: 'end', typography: 'body1', fontVariantNumeric: 'tabular-nums', color: 'text.secondary' }}>
				{format.percent(ofAll)}
			</Box>
		</Box>
	);
}

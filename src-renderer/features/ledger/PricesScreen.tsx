import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Paper from '@mui/material/Paper';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Price } from '#contract/ledger.ts';
import { client } from '../../rpc/client.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { Page } from '../../ui/Page.tsx';
import { PriceRow } from './PriceRow.tsx';
import { formatPrice, pricesInForce } from './priceFields.ts';
import { tasks } from './tasks.ts';

/** What each kind of work costs, for an administrator: the prices in force, each to be changed, and all there ever were. */
export function PricesScreen() {
	const { t } = useTranslation('ledger');
	const { t: ui } = useTranslation('ui');
	const [prices, setPrices] = useState<readonly Price[] | null>(null);
	const [error, setError] = useState<unknown>(null);
	const [tries, setTries] = useState(0);
	// biome-ignore lint/correctness/useExhaustiveDependencies: another try reads anew.
	useEffect(() => {
		let isCurrent = true;
		setError(null);
		client.ledger.prices().then(
			(read) => isCurrent && setPrices(read),
			(thrown: unknown) => isCurrent && setError(thrown),
		);
		return () => {
			isCurrent = false;
		};
	}, [tries]);
	const inForce = pricesInForce(prices ?? []);
	return (
		<Page title={t('prices.title')} width="reading">
			<ErrorNotice error={error} action={{ label: ui('again'), onClick: () => setTries(tries + 1) }} sx={{ mb: 2 }} />
			<Typography sx={{ color: 'text.secondary', mb: 2, maxWidth: '68ch' }}>{t('prices.text')}</Typography>
			{prices && (
				<>
					<Paper variant="outlined" sx={{ mb: 4 }}>
						{tasks.map((task) => {
							const price = inForce.find((each) => each.task === task);
							return price && <PriceRow key={price.id} price={price} onSet={setPrices} />;
						})}
					</Paper>
					<PriceHistory prices={prices} inForce={inForce} />
				</>
			)}
		</Page>
	);
}

/** Every price there ever was, the newest first: what was charged by one that is past stays as it was. */
function PriceHistory({ prices, inForce }: { prices: readonly Price[]; inForce: readonly Price[] }) {
	const { t } = useTranslation('ledger');
	const format = useFormat();
	const titleId = useId();
	return (
		<Box component="section" aria-labelledby={titleId}>
			<Typography id={titleId} variant="h2" sx={{ mb: 1 }}>
				{t('prices.history')}
			</Typography>
			<Paper variant="outlined">
				<Table aria-labelledby={titleId}>
					<TableHead>
						<TableRow>
							<TableCell>{t('prices.since')}</TableCell>
							<TableCell>{t('prices.task')}</TableCell>
							<TableCell>{t('prices.price')}</TableCell>
							<TableCell component="td" />
						</TableRow>
					</TableHead>
					<TableBody sx={{ '& tr:last-of-type td': { borderBottom: 0 } }}>
						{prices.map((price) => (
							<TableRow key={price.id}>
								<TableCell>{price.since === 0 ? t('prices.beginning') : format.date(price.since, true)}</TableCell>
								<TableCell>{t(`task.${price.task}`)}</TableCell>
								<TableCell>{formatPrice(price, format)}</TableCell>
								<TableCell align="right" sx={{ width: 120 }}>
									{inForce.includes(price) && <Chip label={t('prices.inForce')} />}
								</TableCell>
							</TableRow>
						))}
					</TableBody>
				</Table>
			</Paper>
		</Box>
	);
}

import Button from '@mui/material/Button';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import { ThingTable } from '../../ui/ThingTable.tsx';
import { useOutbound } from './outboundStore.ts';

/** Each server with all that it was asked; one of them can be looked at alone. */
export function HostTable() {
	const { t } = useTranslation('outbound');
	const format = useFormat();
	const { hosts, host: chosen, show } = useOutbound();
	const columns = [
		{ name: t('column.host') },
		{ name: t('column.sent'), isNumber: true },
		{ name: t('column.refused'), isNumber: true },
		{ name: t('column.sentBytes'), isNumber: true },
		{ name: t('column.receivedBytes'), isNumber: true },
		{ name: t('column.last') },
	];
	return (
		<ThingTable label={t('hosts')} columns={columns}>
			{hosts?.map(({ host, sent, refused, sentBytes, receivedBytes, lastAt }) => (
				<TableRow key={host} selected={host === chosen} sx={{ '&:last-of-type td': { borderBottom: 0 } }}>
					<TableCell dir="ltr" sx={{ overflowWrap: 'anywhere' }}>
						{host}
					</TableCell>
					<TableCell align="right">{format.number(sent)}</TableCell>
					<TableCell align="right">{format.number(refused)}</TableCell>
					<TableCell align="right">{format.bytes(sentBytes)}</TableCell>
					<TableCell align="right">{format.bytes(receivedBytes)}</TableCell>
					<TableCell>{format.date(lastAt, true)}</TableCell>
					<TableCell align="right">
						<Button size="small" color="inherit" disabled={host === chosen} aria-label={t('showOf', { host })} onClick={() => void show(host)}>
							{t('show')}
						</Button>
					</TableCell>
				</TableRow>
			))}
		</ThingTable>
	);
}

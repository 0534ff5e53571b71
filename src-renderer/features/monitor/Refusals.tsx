import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Refusal } from '#contract/monitor.ts';
import { client } from '../../rpc/client.ts';
import { useFormat } from '../../ui/format.ts';
import { useLog } from './logStore.ts';
import { useGroupNames } from './useGroupNames.ts';

const everyMs = 10_000;
/** As many as are seen before one asks for the rest. */
const shownAtFirst = 8;

/** What other programs were refused of late and why, each with its way into the log; nothing where none was. */
export function Refusals() {
	const { t } = useTranslation('monitor');
	const titleId = useId();
	const refusals = useRefusals();
	const [isWhole, setWhole] = useState(false);
	if (refusals.length === 0) return null;
	const shown = isWhole ? refusals : refusals.slice(0, shownAtFirst);
	return (
		<Box component="section" aria-labelledby={titleId} sx={{ mb: 3 }}>
			<Typography id={titleId} variant="h2">
				{t('refused.title')}
			</Typography>
			<Typography sx={{ color: 'text.secondary', mb: 1 }}>{t('refused.text')}</Typography>
			<Paper variant="outlined" sx={{ overflowX: 'auto' }}>
				<Table aria-labelledby={titleId} sx={{ '& td, & th': { whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' } }}>
					<TableHead>
						<TableRow>
							<TableCell>{t('refused.why')}</TableCell>
							<TableCell align="right">{t('refused.times')}</TableCell>
							<TableCell>{t('refused.last')}</TableCell>
							<TableCell>{t('column.key')}</TableCell>
							<TableCell>{t('column.account')}</TableCell>
							<TableCell>{t('column.route')}</TableCell>
							<TableCell>{t('column.model')}</TableCell>
							<TableCell />
						</TableRow>
					</TableHead>
					<TableBody sx={{ '& tr:last-of-type td, & tr:last-of-type th': { borderBottom: 0 } }}>
						{shown.map((refusal) => (
							<RefusalRow key={refusal.requestId} refusal={refusal} />
						))}
					</TableBody>
				</Table>
			</Paper>
			{shown.length < refusals.length && (
				<Button size="small" color="inherit" onClick={() => setWhole(true)} sx={{ mt: 1 }}>
					{t('refused.all', { count: refusals.length })}
				</Button>
			)}
		</Box>
	);
}

function RefusalRow({ refusal }: { refusal: Refusal }) {
	const { t } = useTranslation('monitor');
	const format = useFormat();
	const nameOf = useGroupNames();
	const navigate = useNavigate();
	const { at, times, requestId, status, code, route, keyName, accountName, modelName } = refusal;
	const follow = () => {
		useLog.setState(({ filter }) => ({ filter: { ...filter, level: 'info', text: '', from: null, until: null, requestId } }));
		void navigate('/admin/log');
	};
	return (
		<TableRow hover>
			<TableCell component="th" scope="row" title={`${status} ${code}`}>
				{nameOf('code', { key: code, name: null })}
			</TableCell>
			<TableCell align="right">{format.number(times)}</TableCell>
			<TableCell title={format.date(at, true)}>{format.moment(at)}</TableCell>
			<NameCell name={keyName} />
			<NameCell name={accountName} />
			<NameCell name={route} />
			<NameCell name={modelName} />
			<TableCell align="right" sx={{ py: 0 }}>
				<Button size="small" color="inherit" onClick={follow}>
					{t('refused.follow')}
				</Button>
			</TableCell>
		</TableRow>
	);
}

/** What came from outside, or from people: cut where it is long. */
function NameCell({ name }: { name: string | null }) {
	return (
		<TableCell dir="auto" title={name ?? ''} sx={{ maxWidth: 200, overflow: 'hidden', textOverflow: 'ellipsis' }}>
			{name ?? '–'}
		</TableCell>
	);
}

/** Read anew while it is looked at. What cannot be read is told by the history beside it. */
function useRefusals(): readonly Refusal[] {
	const [refusals, setRefusals] = useState<readonly Refusal[]>([]);
	useEffect(() => {
		let isCurrent = true;
		const read = () =>
			client.monitor.refusals().then(
				(found) => isCurrent && setRefusals(found),
				() => {},
			);
		void read();
		const timer = setInterval(() => document.visibilityState === 'visible' && void read(), everyMs);
		return () => {
			isCurrent = false;
			clearInterval(timer);
		};
	}, []);
	return refusals;
}

import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Balance } from '#contract/ledger.ts';
import { client } from '../../rpc/client.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { fieldsOfMeter, isOtherMeter, type MeterFields, type MeterOrder, readMeter } from './meterFields.ts';

interface Props {
	account: { id: string; name: string };
	onClose: () => void;
	/** What the account then has. */
	onChanged?: (balance: Balance) => void;
}

/** For an administrator: whether an account is metered, what it is filled up to and how often, and tokens to add or take away now. */
export function MeterDialog({ account, onClose, onChanged }: Props) {
	const { t } = useTranslation('ledger');
	const { balance, error } = useBalanceOnce(account.id);
	const [typed, setFields] = useState<MeterFields | null>(null);
	const fields = typed ?? (balance && fieldsOfMeter(balance));
	const { order, wrong } = fields && balance ? readMeter(fields, balance) : { order: null, wrong: [] };
	const isOther = order !== null && balance !== null && (order.given !== 0 || isOtherMeter(order, balance));
	const give = useGive(account.id);
	const confirm = async () => {
		if (order === null || balance === null) return;
		let after = balance;
		if (isOtherMeter(order, balance)) after = await client.ledger.setAllowance({ accountId: account.id, ...order.meter });
		if (order.given !== 0) after = await give(order.given);
		onChanged?.(after);
	};
	return (
		<ConfirmDialog open title={t('meter.title', { name: account.name })} confirmLabel={t('meter.save')} isReady={isOther} onConfirm={confirm} onClose={onClose}>
			<ErrorNotice error={error} />
			{/* The room of the fields is kept while they are read. */}
			<Box sx={{ minHeight: 132 }}>
				{balance && fields && (
					<>
						<Standing balance={balance} />
						<Fields fields={fields} wrong={wrong} available={balance.available} order={order} setFields={setFields} />
					</>
				)}
			</Box>
		</ConfirmDialog>
	);
}

/** How the account stands. */
function Standing({ balance }: { balance: Balance }) {
	const { t } = useTranslation('ledger');
	const format = useFormat();
	const words = [
		balance.isMetered ? t('balance.left', { tokens: format.number(balance.available) }) : t('balance.unlimited'),
		t('balance.used', { tokens: format.number(balance.usedThisMonth) }),
	];
	return <Typography sx={{ mb: 1.5, color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>{words.join(' · ')}</Typography>;
}

interface FieldsProps {
	fields: MeterFields;
	wrong: readonly ('allowance' | 'given')[];
	available: number;
	order: MeterOrder | null;
	setFields: (fields: MeterFields) => void;
}

function Fields({ fields, wrong, available, order, setFields }: FieldsProps) {
	const { t } = useTranslation('ledger');
	const format = useFormat();
	const change = (part: Partial<MeterFields>) => setFields({ ...fields, ...part });
	return (
		<>
			<RadioGroup value={fields.isMetered ? 'metered' : 'unmetered'} onChange={(_event, value) => change({ isMetered: value === 'metered' })} sx={{ mb: 2 }}>
				<FormControlLabel value="unmetered" control={<Radio size="small" />} label={t('meter.unmetered')} />
				<FormControlLabel value="metered" control={<Radio size="small" />} label={t('meter.metered')} />
			</RadioGroup>
			{fields.isMetered && (
				<Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', columnGap: 2, rowGap: 2 }}>
					<TextField
						select
						label={t('meter.period')}
						value={fields.period}
						onChange={(event) => change({ period: periods.find((period) => period === event.target.value) ?? 'none' })}
					>
						{periods.map((period) => (
							<MenuItem key={period} value={period}>
								{t(`meter.periods.${period}`)}
							</MenuItem>
						))}
					</TextField>
					<TextField
						label={t('meter.allowance')}
						value={fields.period === 'none' ? '' : fields.allowance}
						disabled={fields.period === 'none'}
						error={wrong.includes('allowance')}
						onChange={(event) => change({ allowance: event.target.value })}
						slotProps={{ htmlInput: { inputMode: 'numeric', autoComplete: 'off' }, inputLabel: { shrink: true } }}
					/>
					<TextField
						label={t('meter.given')}
						value={fields.given}
						error={wrong.includes('given')}
						placeholder="0"
						onChange={(event) => change({ given: event.target.value })}
						helperText={wrong.includes('given') ? t('meter.givenWrong', { tokens: format.number(available) }) : t('meter.givenHelp')}
						slotProps={{ htmlInput: { autoComplete: 'off' }, inputLabel: { shrink: true } }}
						sx={{ gridColumn: '1 / -1' }}
					/>
					<Typography role="status" sx={{ gridColumn: '1 / -1', fontVariantNumeric: 'tabular-nums', minHeight: 21 }}>
						{order && order.after !== available && t('meter.after', { before: format.number(available), after: format.number(order.after) })}
					</Typography>
				</Box>
			)}
		</>
	);
}

const periods = ['none', 'day', 'week', 'month'] as const;

/** The balance of an account as it is when the dialog opens. */
function useBalanceOnce(accountId: string): { balance: Balance | null; error: unknown } {
	const [state, setState] = useState<{ balance: Balance | null; error: unknown }>({ balance: null, error: null });
	useEffect(() => {
		let isCurrent = true;
		client.ledger.balances().then(
			(all) => isCurrent && setState({ balance: all.find((each) => each.accountId === accountId)?.balance ?? null, error: null }),
			(error: unknown) => isCurrent && setState({ balance: null, error }),
		);
		return () => {
			isCurrent = false;
		};
	}, [accountId]);
	return state;
}

/** Adds tokens or takes them away, once however often it is tried: the same amount goes by the same request until it was done. */
function useGive(accountId: string): (tokens: number) => Promise<Balance> {
	const request = useRef<{ id: string; tokens: number } | null>(null);
	return async (tokens) => {
		if (request.current?.tokens !== tokens) request.current = { id: crypto.randomUUID(), tokens };
		const balance = await client.ledger.topUp({ accountId, requestId: request.current.id, tokens });
		request.current = null;
		return balance;
	};
}

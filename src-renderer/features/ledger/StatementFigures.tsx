import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Balance } from '#contract/ledger.ts';
import { client } from '../../rpc/client.ts';
import { useBalance } from '../../rpc/live.ts';
import { Figure } from '../../ui/Figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { notifyError } from '../../ui/notify.ts';
import { balanceLines, isLow } from './balanceWords.ts';
import type { StatementState } from './useStatement.ts';

interface Props {
	/** Null: the reader's own. */
	accountId: string | null;
	sums: StatementState['sums'];
}

/** How an account stands, and what the lines below did to it together. Its height is the same before it is known. */
export function StatementFigures({ accountId, sums }: Props) {
	const { t } = useTranslation('ledger');
	const format = useFormat();
	const own = useBalance().value?.balance ?? null;
	const other = useBalanceOf(accountId, sums);
	const balance = accountId === null ? own : other;
	const notes = balance === null ? [] : balanceLines({ ...balance, reserved: 0 }, t, format);
	return (
		<Box sx={{ mb: 2 }}>
			<Box component="dl" sx={{ m: 0, display: 'flex', flexWrap: 'wrap', columnGap: 5, rowGap: 1, minHeight: 52 }}>
				<Figure
					name={t('figures.left')}
					value={balance && (balance.isMetered ? format.number(balance.available) : t('balance.unlimited'))}
					isWarning={balance !== null && isLow(balance)}
				/>
				<Figure name={t('figures.reserved')} value={balance && format.number(balance.reserved)} />
				<Figure name={t('figures.granted')} value={sums && format.signed(sums.granted)} />
				<Figure name={t('figures.used')} value={sums && format.number(sums.used)} />
				{sums !== null && sums.usedUnmetered > 0 && <Figure name={t('figures.usedUnmetered')} value={format.number(sums.usedUnmetered)} />}
			</Box>
			<Typography variant="caption" component="p" sx={{ color: 'text.secondary', minHeight: 18 }}>
				{notes.join(' · ')}
			</Typography>
		</Box>
	);
}

/** The balance of another account, read anew whenever its statement was. */
function useBalanceOf(accountId: string | null, statement: unknown): Balance | null {
	const [balance, setBalance] = useState<Balance | null>(null);
	// biome-ignore lint/correctness/useExhaustiveDependencies: it is as old as the statement beside it.
	useEffect(() => {
		if (accountId === null) return;
		let isCurrent = true;
		client.ledger.balances().then((all) => isCurrent && setBalance(all.find((each) => each.accountId === accountId)?.balance ?? null), notifyError);
		return () => {
			isCurrent = false;
		};
	}, [accountId, statement]);
	return balance;
}

import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Tooltip from '@mui/material/Tooltip';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { useBalance } from '../../rpc/live.ts';
import { useFormat } from '../../ui/format.ts';
import { balanceLines, isLow, leftOf, shortLeft } from './balanceWords.ts';

/** What the reader has left, for the foot of the rail, and the way to the statement. Its height is the same before it is known. */
export function Balance() {
	const { t } = useTranslation('ledger');
	const format = useFormat();
	const { value } = useBalance();
	const balance = value?.balance ?? null;
	const left = balance && shortLeft(balance, format);
	const isLittle = balance !== null && isLow(balance);
	const words = balance === null ? t('statement.title') : t(left === null ? 'balance.unlimited' : 'balance.left', { tokens: format.number(leftOf(balance)) });
	return (
		<Tooltip placement="right" title={balance && <Lines lines={[words, ...balanceLines(balance, t, format)]} />}>
			<ButtonBase
				component={NavLink}
				to="/account/statement"
				aria-label={isLittle ? `${words}. ${t('balance.low')}` : words}
				sx={{
					minHeight: 44,
					py: 0.5,
					flexDirection: 'column',
					borderRadius: 1,
					typography: 'caption',
					lineHeight: 1.35,
					color: isLittle ? 'warning.main' : 'text.secondary',
					textAlign: 'center',
					fontVariantNumeric: 'tabular-nums',
					'&:hover': { bgcolor: 'action.hover' },
					'&.active': { bgcolor: 'action.selected' },
				}}
			>
				{balance && (
					<>
						<Box component="span" sx={{ fontWeight: 600, color: isLittle ? 'inherit' : 'text.primary' }}>
							{left ?? '∞'}
						</Box>
						<span>{t(left === null ? 'balance.short.unlimited' : 'balance.short.left')}</span>
					</>
				)}
			</ButtonBase>
		</Tooltip>
	);
}

function Lines({ lines }: { lines: readonly string[] }) {
	return lines.map((line) => (
		<Box key={line} sx={{ fontVariantNumeric: 'tabular-nums' }}>
			{line}
		</Box>
	));
}

import SwapIcon from '@mui/icons-material/SwapHoriz';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { SymbolButton } from '../../ui/SymbolButton.tsx';
import { CodePane } from './CodePane.tsx';
import { setOrder, turnAround, useConvert } from './convertStore.ts';
import { FormatField } from './FormatField.tsx';
import { formatNames, useFormats } from './formatStore.ts';
import { PaneHead } from './PaneHead.tsx';

/** What comes of it, as it will be saved. */
export function ResultPane() {
	const { t } = useTranslation('convert');
	const { order, result, isBusy } = useConvert();
	const { formats } = useFormats();
	const text = result?.convertedContent ?? '';
	const isFile = result !== null && result.file !== null;
	return (
		<Box
			component="section"
			aria-label={t('result.label')}
			aria-busy={isBusy}
			sx={{ display: 'flex', flexDirection: 'column', minHeight: 0, minWidth: 0, borderLeft: 1, borderColor: 'divider' }}
		>
			<PaneHead
				acts={
					text !== '' && (
						<>
							<SymbolButton label={t('result.turnAround')} onClick={turnAround}>
								<SwapIcon fontSize="small" />
							</SymbolButton>
							<CopyButton text={text} label={t('result.copy')} />
						</>
					)
				}
			>
				<FormatField label={t('result.format')} value={order.to} formats={formats ?? []} onChange={(to) => to && setOrder({ to })} />
			</PaneHead>
			{isFile ? (
				<Typography sx={{ p: 3, color: 'text.secondary' }}>{t('result.file', { format: formatNames[order.to] })}</Typography>
			) : (
				<CodePane label={t('result.label')} text={text} format={order.to} hint={t('result.hint')} />
			)}
		</Box>
	);
}

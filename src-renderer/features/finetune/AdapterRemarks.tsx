import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import type { Adapter } from '#contract/finetune.ts';
import { Folded } from '../../ui/Folded.tsx';

/** What is to be known of an adapter before it is used: that it refuses less, that its file is gone, and what looking into it has shown. */
export function AdapterRemarks({ adapter }: { adapter: Adapter }) {
	const { t } = useTranslation('finetune');
	const { remarks, fileState, outcome } = adapter;
	const codes = [...new Set(remarks.map(({ code }) => code))];
	const lines = remarks.map(({ tensor, detail }) => [tensor, detail].filter(Boolean).join(': ')).filter(Boolean);
	return (
		<Box sx={{ typography: 'caption', whiteSpace: 'normal' }}>
			{fileState === 'missing' && <Box sx={{ color: 'error.main' }}>{t('adapters.fileMissing')}</Box>}
			{outcome?.safety?.dropped && <Box sx={{ color: 'error.main' }}>{t('adapters.safetyDropped')}</Box>}
			{codes.map((code) => (
				<Box key={code} sx={{ color: 'warning.main' }}>
					{t(`adapters.remarks.${code}`)}
				</Box>
			))}
			{lines.length > 0 && <Folded label={t('adapters.remarkDetails')} lines={lines} />}
		</Box>
	);
}

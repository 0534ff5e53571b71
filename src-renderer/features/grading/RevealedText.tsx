import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { PlainText } from '../../ui/PlainText.tsx';
import { revealHidden } from '../../ui/revealHidden.ts';

/** An answer as plain text, whole, with every character shown that could otherwise hide in it or turn its order round. */
export const RevealedText = memo(function RevealedText({ text, label }: { text: string; label: string }) {
	const { t } = useTranslation('grading');
	const hiddenCount = useMemo(() => revealHidden(text).filter((part) => 'hidden' in part).length, [text]);
	return (
		<Box component="section" aria-label={label}>
			<Typography variant="caption" component="h3" sx={{ color: 'text.secondary', mb: 0.5 }}>
				{label}
			</Typography>
			{text.trim() === '' ? <Typography sx={{ color: 'text.secondary' }}>{t('panel.noAnswer')}</Typography> : <PlainText text={text} />}
			{hiddenCount > 0 && (
				<Typography variant="caption" component="div" sx={{ mt: 0.5, color: 'warning.main' }}>
					{t('panel.hiddenCount', { hidden: hiddenCount })}
				</Typography>
			)}
		</Box>
	);
});

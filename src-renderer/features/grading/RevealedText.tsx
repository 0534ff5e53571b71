import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { revealHidden } from './revealHidden.ts';

/** An answer as plain text, whole, with every character shown that could otherwise hide in it or turn its order round. */
export const RevealedText = memo(function RevealedText({ text, label }: { text: string; label: string }) {
	const { t } = useTranslation('grading');
	const parts = useMemo(() => revealHidden(text), [text]);
	const hiddenCount = parts.filter((part) => 'hidden' in part).length;
	return (
		<Box component="section" aria-label={label}>
			<Typography variant="caption" component="h3" sx={{ color: 'text.secondary', mb: 0.5 }}>
				{label}
			</Typography>
			{text.trim() === '' ? (
				<Typography sx={{ color: 'text.secondary' }}>{t('panel.noAnswer')}</Typography>
			) : (
				<Box dir="auto" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', unicodeBidi: 'isolate' }}>
					{parts.map((part) =>
						'text' in part ? (
							part.text
						) : (
							<Box
								key={part.at}
								component="bdi"
								dir="ltr"
								title={t('panel.hiddenCharacter')}
								sx={{
									px: 0.5,
									mx: 0.25,
									borderRadius: 0.5,
									border: 1,
									borderColor: 'warning.main',
									color: 'warning.main',
									fontSize: '0.75rem',
									fontVariantNumeric: 'tabular-nums',
								}}
							>
								{part.hidden}
							</Box>
						),
					)}
				</Box>
			)}
			{hiddenCount > 0 && (
				<Typography variant="caption" component="div" sx={{ mt: 0.5, color: 'warning.main' }}>
					{t('panel.hiddenCount', { hidden: hiddenCount })}
				</Typography>
			)}
		</Box>
	);
});

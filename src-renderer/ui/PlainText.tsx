import Box from '@mui/material/Box';
import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { revealHidden } from './revealHidden.ts';

/** A text as it came, whole, with every character shown that could otherwise hide in it or turn its order round. */
export const PlainText = memo(function PlainText({ text }: { text: string }) {
	const { t } = useTranslation('ui');
	const parts = useMemo(() => revealHidden(text), [text]);
	return (
		<Box dir="auto" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', unicodeBidi: 'isolate' }}>
			{parts.map((part) =>
				'text' in part ? (
					part.text
				) : (
					<Box
						key={part.at}
						component="bdi"
						dir="ltr"
						title={t('hiddenCharacter')}
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
	);
});

import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';

/** A character that would not be seen, or would turn the order of others round, as its code point (`U+202E`; revealHidden.ts). */
export function HiddenCharacter({ code }: { code: string }) {
	const { t } = useTranslation('ui');
	return (
		<Box
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
			{code}
		</Box>
	);
}
